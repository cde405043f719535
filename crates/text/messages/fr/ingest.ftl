## Progression et bilan

ingest-reading = Lecture de { $file }
ingest-rate = { $rate } lignes/s, encore { $left }
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
ingest-unchanged = { $file } : inchangé depuis la dernière fois, ignoré
ingest-mapping = La correspondance { $mapping } alimente { $contract }
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
derive-progress = Calcul de champs à partir d'autres enregistrements
derive-summary = { $fields ->
    [one] { $fields } champ dérivé
   *[other] { $fields } champs dérivés
} dans { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
}
ingest-column-unused = la colonne { $column } n'a pas de correspondance et est ignorée
ingest-code-unmapped = le code { $code } de { $field } n'a pas de transcodage ({ $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
})

## Fichiers illisibles

ingest-error-truncated = { $file } s'arrête au milieu de la ligne { $line } ; récupérez de nouveau le fichier
ingest-error-empty = { $file } est vide
ingest-error-binary = { $file } n'est pas un fichier texte ; formats attendus : CSV, XLSX ou Parquet
ingest-error-encoding = { $file }, ligne { $line } : ces octets ne sont pas en { $encoding } ; indiquez `encoding` dans la correspondance
ingest-error-line-too-long = { $file }, ligne { $line } : plus longue que { $limit } ; le séparateur ou le guillemet est-il le bon ?
ingest-error-no-columns = { $file } : aucune des colonnes attendues ne figure dans l'en-tête ; est-ce la bonne correspondance ?
ingest-error-missing-column = { $file } : la colonne { $column } de la correspondance ne figure pas dans l'en-tête
ingest-error-sheet = { $file } n'a pas de feuille { $sheet }
ingest-error-not-found = { $file } n'existe pas
ingest-error-unreadable = { $file } ne peut pas être lu
ingest-error-disk-full = Il n'y a plus de place sur le disque pour { $path }
ingest-error-unchanged = Les enregistrements sont restés tels qu'ils étaient : rien n'a été modifié

## Motifs de quarantaine

quarantine-missing-required = un champ obligatoire est vide
quarantine-not-a-number = pas un nombre
quarantine-not-a-date = ni une date ni une heure au format indiqué
quarantine-not-a-bool = ni vrai ni faux
quarantine-code-not-in-list = le code ne figure pas dans la liste
quarantine-duplicate-key = une autre ligne a la même clé
quarantine-too-many-columns = plus de colonnes que dans l'en-tête
quarantine-too-few-columns = moins de colonnes que dans l'en-tête
quarantine-check-failed = un contrôle de la ligne a échoué
quarantine-overflow = le nombre est trop grand pour le champ
quarantine-currency = devise inconnue ou sans taux de change
quarantine-stop-before-start = la fin précède le début

## Préparation

ready-title = Ce que ces sources permettent de mesurer
ready-now = Mesurable dès maintenant
ready-field-missing = Il manque un champ
ready-not-recorded = Non enregistré
ready-entered = Saisi par des personnes
ready-coverage = couverture de { $coverage }
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
