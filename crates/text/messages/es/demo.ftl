## Progreso

demo-phase-generate = Creación de la administración ficticia
demo-phase-ingest = Carga de sus archivos
demo-made = { $declarations }, { $offices }, { $months }
demo-done = Terminado en { $seconds }
demo-page = Página: { $path }
demo-table = Tabla: { $path }
demo-node = Nodo: { $path }
demo-next = Para seguir explorando: mizan show --node { $path }

## Página

page-title = Indicadores de desempeño aduanero
page-subtitle = { $area }, { $period }
page-lead = { $kpis ->
    [one] { $kpis } indicador medido
   *[other] { $kpis } indicadores medidos
} a partir de { $declarations ->
    [one] { $declarations } declaración.
   *[other] { $declarations } declaraciones.
}
page-synthetic = Datos sintéticos: ninguna administración real corresponde a estas cifras.
page-how-to-read = Cómo leer esta página
page-how-value = Cada valor figura con su numerador y su denominador, para que cualquiera pueda comprobar la división.
page-how-interval = El intervalo muestra cuánto podría variar el valor por puro azar: de cada { $all } intervalos de este tipo, { $hits } contienen el valor subyacente.
page-how-coverage = La cobertura es la proporción de registros que tenían todos los campos que la definición necesita.
page-how-missing = Una raya significa que no hay valor; el motivo figura al lado. Nunca es un cero.
page-how-trend = La línea pequeña muestra los meses del período; un hueco es un mes sin valor.
page-contents = Contenido
page-legend = Leyenda
page-language = Idioma
page-skip = Ir al contenido
page-trend = de { $first-value } en { $first-period } a { $last-value } en { $last-period }
page-trend-none = sin tendencia: menos de dos valores
page-not-computable = No calculables aquí
page-not-computable-lead = Para estos indicadores falta en los registros un campo o una tabla.
page-entered = Introducidos, no medidos
page-entered-lead = A estos indicadores responden personas; ningún registro puede proporcionarlos.
interval-range = de { $low } a { $high }
page-dimension-count = { $count ->
    [one] { $count } indicador en esta dimensión
   *[other] { $count } indicadores en esta dimensión
}
page-more-offices = { $offices ->
    [one] y { $offices } aduana más
   *[other] y { $offices } aduanas más
}
page-made-by = Elaborado con Mizan { $version }
page-framework = Marco { $framework }, versión { $version }
page-run = Ejecución { $run }
page-downloads = Las mismas cifras en archivos
