## check

check-title = Comprobaciones de datos
check-summary = { $passed ->
    [one] { $passed } comprobación superada
   *[other] { $passed } comprobaciones superadas
} · { $failed ->
    [one] { $failed } fallida
   *[other] { $failed } fallidas
}
check-passed = Se superaron todas las comprobaciones de datos
severity-error = error
severity-warning = advertencia
severity-note = nota

## measure

measure-progress = Medición
measure-summary = { $measured ->
    [one] { $measured } medido
   *[other] { $measured } medidos
} · { $not-computable ->
    [one] { $not-computable } no calculable
   *[other] { $not-computable } no calculables
} · { $warnings ->
    [one] { $warnings } advertencia
   *[other] { $warnings } advertencias
} · { $time }
measure-nothing = Nada que hacer: ni los registros ni las definiciones han cambiado desde la última ejecución
measure-incremental = Meses medidos de nuevo: { $months } de { $all }; el resto no cambió

## show

show-empty = Nada coincide con esta selección
show-no-run = Aún no se ha medido nada; ejecute primero `mizan measure`
show-whole-run = Se muestra la ejecución { $run }; la más reciente midió solo una selección

## explain

explain-title = De dónde viene este valor
explain-definition = Definición
explain-source-files = Archivos de origen
explain-records = Registros
explain-parts = Componentes
explain-run = Ejecución
explain-usable = { $used ->
    [one] { $used } registro utilizable
   *[other] { $used } registros utilizables
} de { $all }
explain-division = { $value } = { $numerator } / { $denominator }
explain-kpi-version = { $kpi }, versión { $version } de la definición
explain-code-unknown = { $code } no es el código de un diagnóstico ni de un indicador

## doctor

doctor-node = Carpeta del nodo
doctor-framework = Marco
doctor-mappings = Correspondencias
doctor-records = Registros
doctor-disk = Espacio libre en disco
doctor-memory = Memoria
doctor-clock = Reloj
doctor-language = Idioma
doctor-writable = Se puede escribir en la carpeta
doctor-healthy = En buen estado: nada que corregir
doctor-mend = Corrija primero esto: { $what }
doctor-disk-low = solo quedan { $free } en el disco
doctor-clock-wrong = el reloj marca una fecha anterior a la del registro más reciente

## init

init-created = Nodo nuevo en { $path }
init-exists = { $path } ya es un nodo; no se modificó nada
init-next = A continuación: adapte a sus archivos las correspondencias de { $mappings } y ejecute `mizan ingest CARPETA --node { $node }`

## framework

framework-summary = { $kpis ->
    [one] { $kpis } indicador
   *[other] { $kpis } indicadores
} · { $findings ->
    [one] { $findings } hallazgo
   *[other] { $findings } hallazgos
}
framework-fixtures = Casos de prueba superados: { $passed } de { $all }
framework-clean = El marco no tiene fallos
framework-diff-none = Ninguna diferencia
framework-diff-added = { $kpi } es nuevo
framework-diff-removed = { $kpi } ya no está
framework-diff-changed = { $kpi } pasó de la versión { $from } a la { $to }
break-none = sin ruptura: la serie continúa
break-level = ruptura de nivel: hay que medir la versión antigua y la nueva en un mismo período
break-concept = ruptura de concepto: la serie empieza de nuevo

## Errores

error-unknown-kpi = no hay ningún indicador { $kpi } en el marco
error-did-you-mean = ¿quiso decir { $id }?
error-unknown-period = { $period } no es un período; escriba 2025, 2025-S1, 2025-Q2 o 2025-03
error-period-without-data = no hay registros para { $period }
error-period-incomplete = los registros no cubren todo { $period }: van de { $first } a { $last }
error-unknown-breakdown = { $breakdown } no es un desglose de este indicador; opciones posibles: { $allowed }
error-unknown-language = { $language } no es un idioma de Mizan; elija en, fr, es, ru, ar, zh o pt
error-not-a-node = { $path } no es un nodo: falta mizan.toml; `mizan init` crea uno
error-locked = otro programa está trabajando en el nodo { $path }; inténtelo de nuevo cuando termine
error-path-exists = { $path } ya existe
error-not-writable = no se puede escribir en { $path }
error-internal = Error interno: es un defecto de Mizan. El informe está en { $path }
hint-label = ayuda
hint-label-english = ayuda, en inglés
why-label = por qué

## Indicaciones con el código de salida

exit-checks-failed = Algunos valores no son calculables o algunas comprobaciones fallaron (código de salida 1); `--exit-zero` lo ignora

## Scores

replications-progress = Réplicas
score-progress = Puntuación
imputation-progress = Prueba de la imputación
score-missing-no-rule = el marco no da ninguna regla
score-missing-no-value = sin valor
score-missing-too-few-peers = muy pocos pares
score-missing-no-previous = sin valor anterior
score-missing-no-statistic = falta una estadística
score-missing-no-direction = ni más ni menos es mejor
score-missing-status = su estado no permite una puntuación
score-missing-other-definition = medido con otra definición
score-missing-out-of-range = un valor así no es posible
score-missing-not-finite = la puntuación no es un número finito
score-missing-no-group = no se conoce el grupo de pares
score-missing-series-break = el valor anterior es de otra definición
score-edition = Marco: { $edition }
composite-imputed = Imputado
composite-treated = Tratado
composite-dropped = Parte que falta
composite-score-lower = Puntuación desde
composite-score-upper = Puntuación hasta
composite-rank-lower = Puesto desde
composite-rank-upper = Puesto hasta
composite-group = Grupo
score-proved = Probado: { $count ->
    [one] { $count } puntuación es idéntica
   *[other] { $count } puntuaciones son idénticas
}, bit a bit
score-record = El registro de auditoría está en { $path }
world-made = { $areas ->
    [one] { $areas } administración
   *[other] { $areas } administraciones
}, { $years ->
    [one] { $years } año
   *[other] { $years } años
}, { $observations ->
    [one] { $observations } observación
   *[other] { $observations } observaciones
}
world-next = A continuación: mizan score { $path }
