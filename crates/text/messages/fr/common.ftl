## Choses comptées

declarations = { $count ->
    [one] { $count } déclaration
   *[other] { $count } déclarations
}
offices = { $count ->
    [one] { $count } bureau
   *[other] { $count } bureaux
}
months = { $count } mois
kpis = { $count ->
    [one] { $count } indicateur
   *[other] { $count } indicateurs
}
rows = { $count ->
    [one] { $count } ligne
   *[other] { $count } lignes
}
files = { $count ->
    [one] { $count } fichier
   *[other] { $count } fichiers
}
findings = { $count ->
    [one] { $count } anomalie
   *[other] { $count } anomalies
}

## Périodes et durées

period-year = { $year }
period-fiscal-year = exercice { $year }
period-half = { $half ->
    [1] 1er semestre { $year }
   *[2] 2e semestre { $year }
}
period-quarter = { $quarter ->
    [1] 1er trimestre { $year }
    [2] 2e trimestre { $year }
    [3] 3e trimestre { $year }
   *[4] 4e trimestre { $year }
}
period-range = de { $first } à { $last }
duration-seconds = { $seconds } s
duration-minutes = { $minutes } min { $seconds } s
duration-hours = { $hours } h { $minutes } min
quantity-hours = { $value } h
quantity-days = { $value } j
quantity-points = { $value } pts
compact-first = { $value } k
compact-second = { $value } M
compact-third = { $value } Md

## Unités des indicateurs

unit-percent = pour cent
unit-hours = heures
unit-days = jours
unit-money = montant
unit-count = nombre
unit-ratio = rapport
unit-score = note
unit-points = points
unit-quantity = quantité
unit-stage = niveau

## États d'une valeur

status-ok = mesuré
status-ok-why = La valeur a été mesurée à partir des enregistrements et répond aux exigences de la définition.
status-too-few = trop peu de cas
status-too-few-why = Il y a moins de cas que la définition n'en exige : la valeur est peu parlante.
status-low-coverage = couverture faible
status-low-coverage-why = Il manque à trop d'enregistrements un champ dont la définition a besoin.
status-undefined = indéfini
status-undefined-why = Le dénominateur ou la base est nul ou n'a pas été enregistré : il n'y a pas de valeur.
status-not-computable = non calculable
status-not-computable-why = Un champ ou une table dont la définition a besoin n'est pas enregistré ici.
status-not-closed = pas encore clos
status-not-closed-why = Le délai d'attente après la fin de la période n'est pas écoulé : la valeur peut encore changer.
status-reported = saisi
status-reported-why = La valeur a été saisie par des personnes, et non mesurée à partir des enregistrements.

## Mots des tableaux et des pages

word-value = Valeur
word-numerator = Numérateur
word-denominator = Dénominateur
word-cases = Cas
word-interval = Intervalle à { $level }
word-coverage = Couverture
word-trend = Tendance
word-period = Période
word-unknown = Inconnu
word-definition = Définition
word-run = Exécution
word-dimension = Dimension
word-outcome = Résultat attendu
word-kpi = Indicateur
word-unit = Unité
word-status = État
word-direction = Sens
word-origin = Origine
word-source = Source
word-area = Administration
word-breakdown = Ventilation
word-reason = Motif
word-mapping = Correspondance
word-contract = Contrat de données
word-file = Fichier
word-rows-read = Lignes lues
word-taken = Retenues
word-quarantined = En quarantaine
word-duplicates = Doublons
word-unchanged = Inchangé
word-reasons = Motifs
word-severity = Gravité
word-yes = oui
word-no = non
word-score = Note
word-rank = Rang
word-grade = Mention
word-reference = Comparé à
word-peers = Pairs
word-rule = Règle
word-name = Nom
word-limits = Limites
word-rationale = Pourquoi le mesurer
word-how-to-read = Comment le lire

direction-higher = plus c'est élevé, mieux c'est
direction-lower = plus c'est bas, mieux c'est
direction-target = plus c'est proche de la cible, mieux c'est
direction-context = contexte : ni mieux ni moins bien

origin-pmm = référence PMM
origin-published = publié ailleurs
origin-adapted = adapté
origin-own = propre à Mizan

## Ventilations

breakdown-office = Bureau
breakdown-mode = Mode de transport
breakdown-channel = Circuit
breakdown-procedure = Régime douanier
breakdown-flow = Flux
breakdown-aeo = Statut d'OEA
breakdown-traffic = Type de trafic
breakdown-statistic = Statistique
breakdown-hs-chapter = Chapitre du SH
breakdown-selection = Motif de sélection
breakdown-category = Catégorie
breakdown-product = Produit
breakdown-agency = Organisme

## État d'un texte

text-fallback = pas encore dans votre langue ; affiché en { $language }
text-machine = traduction automatique
text-draft = traduction provisoire
text-reviewed = traduction relue
text-official = texte officiel
text-stale = traduction plus ancienne que sa source
