## Progression et bilan

ingest-rate = { $rate } lignes/s, encore { $left }
progress-left = encore { $left }
ingest-file = { $file } : { $read ->
    [one] { $read } ligne lue
   *[other] { $read } lignes lues
}, { $taken ->
    [one] { $taken } retenue
   *[other] { $taken } retenues
}, { $quarantined } en quarantaine
ingest-summary = { $rows ->
    [one] { $rows } ligne retenue
   *[other] { $rows } lignes retenues
} · { $quarantined ->
    [one] { $quarantined } ligne en quarantaine
   *[other] { $quarantined } lignes en quarantaine
}
ingest-nothing = Rien à charger : aucun fichier n'a changé
ingest-retry = { $rows ->
    [one] { $rows } ligne sortie de la quarantaine
   *[other] { $rows } lignes sorties de la quarantaine
} · { $left ->
    [one] { $left } ligne y reste
   *[other] { $left } lignes y restent
}
ingest-retry-nothing = La quarantaine est vide : rien à reprendre
ingest-quarantine-where = Les lignes en quarantaine, chacune avec son motif : { $path }
ingest-quarantine-example = par exemple { $place } : { $value }

## Fichiers illisibles

ingest-error-not-found = { $file } n'existe pas

## Préparation

ready-now = Mesurable dès maintenant
ready-field-missing = Il manque un champ
ready-not-recorded = Non enregistré
ready-entered = Saisi par des personnes
ready-summary = mesurables dès maintenant : { $now } · avec un champ manquant : { $missing } · non enregistrés : { $absent }
ready-unlock-title = Les champs qui en débloqueraient le plus
ready-unlock = { $field } débloque { $kpis ->
    [one] { $kpis } indicateur
   *[other] { $kpis } indicateurs
}
ready-unlock-which = à savoir { $kpis }
ready-letter-title = Lettre au service informatique
ready-letter-opening = Afin de mesurer la performance de la douane ({ $area }), nous vous prions d'ajouter les champs suivants à l'extraction du système de dédouanement.
ready-letter-item = { $field } ({ $contract }) : { $meaning }
ready-letter-closing = Les données personnelles sont remplacées par des pseudonymes à la lecture de l'extraction ; aucun enregistrement ne quitte l'administration.
