## Cosas contadas

declarations = { $count ->
    [one] { $count } declaración
   *[other] { $count } declaraciones
}
offices = { $count ->
    [one] { $count } aduana
   *[other] { $count } aduanas
}
months = { $count ->
    [one] { $count } mes
   *[other] { $count } meses
}
kpis = { $count ->
    [one] { $count } indicador
   *[other] { $count } indicadores
}
rows = { $count ->
    [one] { $count } fila
   *[other] { $count } filas
}
files = { $count ->
    [one] { $count } archivo
   *[other] { $count } archivos
}
findings = { $count ->
    [one] { $count } hallazgo
   *[other] { $count } hallazgos
}

## Períodos y duraciones

period-year = { $year }
period-fiscal-year = ejercicio fiscal { $year }
period-half = { $half ->
    [1] 1.er semestre de { $year }
   *[2] 2.º semestre de { $year }
}
period-quarter = { $quarter ->
    [1] 1.er trimestre de { $year }
    [2] 2.º trimestre de { $year }
    [3] 3.er trimestre de { $year }
   *[4] 4.º trimestre de { $year }
}
period-range = de { $first } a { $last }
duration-seconds = { $seconds } s
duration-minutes = { $minutes } min { $seconds } s
duration-hours = { $hours } h { $minutes } min
quantity-hours = { $value } h
quantity-days = { $value } d
quantity-points = { $value } pts.
compact-first = { $value } mil
compact-second = { $value } M
compact-third = { $value } mil M

## Unidades de los indicadores

unit-percent = por ciento
unit-hours = horas
unit-days = días
unit-money = importe
unit-count = número
unit-ratio = razón
unit-score = puntuación
unit-points = puntos
unit-quantity = cantidad
unit-stage = nivel

## Estados de un valor

status-ok = medido
status-ok-why = El valor se midió a partir de los registros y cumple los requisitos de la definición.
status-too-few = muy pocos casos
status-too-few-why = Hay menos casos de los que exige la definición, por lo que el valor dice poco.
status-low-coverage = cobertura baja
status-low-coverage-why = A demasiados registros les falta un campo que la definición necesita.
status-undefined = indefinido
status-undefined-why = El denominador o la base es cero o no se registró, por lo que no hay valor.
status-not-computable = no calculable
status-not-computable-why = Aquí no se registra un campo o una tabla que la definición necesita.
status-not-closed = aún sin cerrar
status-not-closed-why = Todavía no ha pasado el plazo de espera tras el fin del período; el valor aún puede cambiar.
status-reported = introducido
status-reported-why = El valor lo introdujeron personas; no se midió a partir de los registros.

## Palabras de tablas y páginas

word-value = Valor
word-numerator = Numerador
word-denominator = Denominador
word-cases = Casos
word-interval = Intervalo del { $level }
word-coverage = Cobertura
word-trend = Tendencia
word-period = Período
word-unknown = Desconocido
word-definition = Definición
word-run = Ejecución
word-dimension = Dimensión
word-outcome = Resultado esperado
word-kpi = Indicador
word-unit = Unidad
word-status = Estado
word-direction = Sentido
word-origin = Origen
word-source = Fuente
word-area = Administración
word-breakdown = Desglose
word-reason = Motivo
word-mapping = Correspondencia
word-contract = Contrato de datos
word-file = Archivo
word-rows-read = Filas leídas
word-taken = Aceptadas
word-quarantined = En cuarentena
word-duplicates = Duplicadas
word-unchanged = Sin cambios
word-reasons = Motivos
word-severity = Gravedad
word-yes = sí
word-no = no
word-score = Puntuación
word-rank = Puesto
word-grade = Calificación
word-reference = Comparado con
word-peers = Pares
word-rule = Regla
word-name = Nombre
word-limits = Limitaciones
word-rationale = Por qué se mide
word-how-to-read = Cómo se lee

direction-higher = cuanto más alto, mejor
direction-lower = cuanto más bajo, mejor
direction-target = cuanto más cerca de la meta, mejor
direction-context = contexto: ni mejor ni peor

origin-pmm = referencia del PMM
origin-published = publicado en otra fuente
origin-adapted = adaptado
origin-own = propio de Mizan

## Desgloses

breakdown-office = Aduana
breakdown-mode = Modo de transporte
breakdown-channel = Canal
breakdown-procedure = Régimen aduanero
breakdown-flow = Flujo
breakdown-aeo = Condición de OEA
breakdown-traffic = Tipo de tráfico
breakdown-statistic = Estadístico
breakdown-hs-chapter = Capítulo del SA
breakdown-selection = Motivo de selección
breakdown-category = Categoría
breakdown-product = Producto
breakdown-agency = Organismo

## Estado de un texto

text-fallback = aún no está en su idioma; se muestra en { $language }
text-machine = traducción automática
text-draft = traducción provisional
text-reviewed = traducción revisada
text-official = texto oficial
text-stale = traducción anterior a la versión actual del original
