## Progression

demo-phase-generate = Création de l'administration fictive
demo-phase-ingest = Chargement de ses fichiers
demo-made = { $declarations }, { $offices }, { $months }
demo-done = Terminé en { $seconds }
demo-page = Page : { $path }
demo-table = Tableau : { $path }
demo-node = Nœud : { $path }
demo-next = Pour aller plus loin : mizan show --node { $path }

## Page

page-title = Indicateurs de performance douanière
page-subtitle = { $area }, { $period }
page-lead = { $kpis ->
    [one] { $kpis } indicateur mesuré
   *[other] { $kpis } indicateurs mesurés
} à partir de { $declarations ->
    [one] { $declarations } déclaration.
   *[other] { $declarations } déclarations.
}
page-synthetic = Données synthétiques : aucune administration réelle ne correspond à ces chiffres.
page-how-to-read = Comment lire cette page
page-how-value = Chaque valeur est donnée avec son numérateur et son dénominateur, afin que chacun puisse refaire la division.
page-how-interval = L'intervalle montre de combien la valeur peut varier par le seul hasard : sur { $all } intervalles de ce genre, { $hits } contiennent la valeur sous-jacente.
page-how-coverage = La couverture est la part des enregistrements qui comportaient tous les champs dont la définition a besoin.
page-how-missing = Un tiret signifie qu'il n'y a pas de valeur ; le motif figure à côté. Ce n'est jamais un zéro.
page-how-trend = La petite courbe montre les mois de la période ; une interruption est un mois sans valeur.
page-contents = Sommaire
page-legend = Légende
page-language = Langue
page-skip = Aller au contenu
page-trend = de { $first-value } ({ $first-period }) à { $last-value } ({ $last-period })
page-trend-none = pas de tendance : moins de deux valeurs
page-not-computable = Non calculables ici
page-not-computable-lead = Pour ces indicateurs, il manque un champ ou une table dans les enregistrements.
page-entered = Saisis, non mesurés
page-entered-lead = Ces indicateurs sont renseignés par des personnes ; aucun enregistrement ne peut les fournir.
interval-range = de { $low } à { $high }
page-dimension-count = { $count ->
    [one] { $count } indicateur dans cette dimension
   *[other] { $count } indicateurs dans cette dimension
}
page-more-offices = { $offices ->
    [one] et { $offices } autre bureau
   *[other] et { $offices } autres bureaux
}
page-made-by = Produit par Mizan { $version }
page-framework = Référentiel { $framework }, version { $version }
page-run = Exécution { $run }
page-downloads = Les mêmes chiffres sous forme de fichiers
