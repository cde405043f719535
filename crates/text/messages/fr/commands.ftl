## check

check-title = Contrôles des données
check-summary = { $passed ->
    [one] { $passed } contrôle réussi
   *[other] { $passed } contrôles réussis
} · { $failed ->
    [one] { $failed } échec
   *[other] { $failed } échecs
}
check-passed = Tous les contrôles des données ont réussi
severity-error = erreur
severity-warning = avertissement
severity-note = remarque

## measure

measure-progress = Mesure
measure-summary = { $measured ->
    [one] { $measured } mesuré
   *[other] { $measured } mesurés
} · { $not-computable ->
    [one] { $not-computable } non calculable
   *[other] { $not-computable } non calculables
} · { $warnings ->
    [one] { $warnings } avertissement
   *[other] { $warnings } avertissements
} · { $time }
measure-nothing = Rien à faire : ni les enregistrements ni les définitions n'ont changé depuis la dernière exécution
measure-incremental = Mois mesurés de nouveau : { $months } sur { $all } ; le reste est inchangé

## show

show-empty = Rien ne correspond à cette sélection
show-no-run = Rien n'a encore été mesuré ; lancez d'abord `mizan measure`
show-whole-run = Exécution affichée : { $run } ; la dernière n'a mesuré qu'une sélection

## explain

explain-title = D'où vient cette valeur
explain-definition = Définition
explain-source-files = Fichiers source
explain-records = Enregistrements
explain-parts = Composantes
explain-run = Exécution
explain-usable = { $used ->
    [one] { $used } enregistrement utilisable
   *[other] { $used } enregistrements utilisables
} sur { $all }
explain-division = { $value } = { $numerator } / { $denominator }
explain-kpi-version = { $kpi }, version { $version } de la définition
explain-code-unknown = { $code } n'est le code ni d'un diagnostic ni d'un indicateur

## doctor

doctor-node = Dossier du nœud
doctor-framework = Référentiel
doctor-mappings = Correspondances
doctor-records = Enregistrements
doctor-disk = Espace disque libre
doctor-memory = Mémoire
doctor-clock = Horloge
doctor-language = Langue
doctor-writable = Dossier accessible en écriture
doctor-healthy = En bon état : rien à corriger
doctor-mend = À corriger d'abord : { $what }
doctor-disk-low = il ne reste que { $free } sur le disque
doctor-clock-wrong = l'horloge est en retard sur la date de l'enregistrement le plus récent

## init

init-created = Nouveau nœud dans { $path }
init-exists = { $path } est déjà un nœud ; rien n'a été modifié
init-next = Ensuite : adaptez à vos fichiers les correspondances de { $mappings }, puis lancez `mizan ingest DOSSIER --node { $node }`

## framework

framework-summary = { $kpis ->
    [one] { $kpis } indicateur
   *[other] { $kpis } indicateurs
} · { $findings ->
    [one] { $findings } anomalie
   *[other] { $findings } anomalies
}
framework-fixtures = Jeux d'essai réussis : { $passed } sur { $all }
framework-clean = Le référentiel est sans faute
framework-diff-none = Aucune différence
framework-diff-added = { $kpi } est nouveau
framework-diff-removed = { $kpi } a disparu
framework-diff-changed = { $kpi } est passé de la version { $from } à la version { $to }
break-none = pas de rupture : la série continue
break-level = rupture de niveau : l'ancienne et la nouvelle version doivent être mesurées toutes deux sur une même période
break-concept = rupture de concept : la série recommence

## Erreurs

error-unknown-kpi = il n'y a pas d'indicateur { $kpi } dans le référentiel
error-did-you-mean = vouliez-vous dire { $id } ?
error-unknown-period = { $period } n'est pas une période ; écrivez 2025, 2025-S1, 2025-Q2 ou 2025-03
error-period-without-data = il n'y a pas d'enregistrements pour { $period }
error-period-incomplete = les enregistrements ne couvrent pas tout { $period } : ils vont de { $first } à { $last }
error-unknown-breakdown = { $breakdown } n'est pas une ventilation de cet indicateur ; possibilités : { $allowed }
error-unknown-language = { $language } n'est pas une langue de Mizan ; choisissez en, fr, es, ru, ar, zh ou pt
error-not-a-node = { $path } n'est pas un nœud : mizan.toml ne s'y trouve pas ; `mizan init` en crée un
error-locked = un autre programme travaille sur le nœud { $path } ; réessayez quand il aura terminé
error-path-exists = { $path } existe déjà
error-not-writable = { $path } n'est pas accessible en écriture
error-internal = Erreur interne : c'est un défaut de Mizan. Le rapport se trouve dans { $path }
hint-label = aide
hint-label-english = aide, en anglais
why-label = pourquoi

## Conseils avec le code de sortie

exit-checks-failed = Certaines valeurs ne sont pas calculables ou certains contrôles ont échoué (code de sortie 1) ; `--exit-zero` permet de l'ignorer

## Scores

replications-progress = Réplications
score-progress = Notation
imputation-progress = Test de l'imputation
score-missing-no-rule = le référentiel ne donne pas de règle
score-missing-no-value = pas de valeur
score-missing-too-few-peers = trop peu de pairs
score-missing-no-previous = pas de valeur antérieure
score-missing-no-statistic = une statistique manque
score-missing-no-direction = ni plus ni moins n'est mieux
score-missing-status = son état ne permet pas de note
score-missing-other-definition = mesuré selon une autre définition
score-missing-out-of-range = une telle valeur est impossible
score-missing-not-finite = la note n'est pas un nombre fini
score-missing-no-group = le groupe de pairs n'est pas connu
score-missing-series-break = la valeur antérieure relève d’une autre définition
score-edition = Référentiel : { $edition }
composite-imputed = Imputé
composite-treated = Traité
composite-dropped = Part manquante
composite-score-lower = Note, de
composite-score-upper = Note, à
composite-rank-lower = Rang, de
composite-rank-upper = Rang, à
composite-group = Groupe
score-proved = Prouvé : { $count ->
    [one] { $count } note est identique
   *[other] { $count } notes sont identiques
}, bit à bit
score-record = La trace d'audit se trouve dans { $path }
world-made = { $areas ->
    [one] { $areas } administration
   *[other] { $areas } administrations
}, { $years ->
    [one] { $years } année
   *[other] { $years } années
}, { $observations ->
    [one] { $observations } observation
   *[other] { $observations } observations
}
world-next = Ensuite : mizan score { $path }
