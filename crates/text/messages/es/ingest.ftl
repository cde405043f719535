## Progreso y resumen

ingest-rate = { $rate } filas/s, faltan { $left }
progress-left = faltan { $left }
ingest-file = { $file }: { $read ->
    [one] { $read } fila leída
   *[other] { $read } filas leídas
}, { $taken ->
    [one] { $taken } aceptada
   *[other] { $taken } aceptadas
}, { $quarantined } en cuarentena
ingest-summary = { $rows ->
    [one] { $rows } fila aceptada
   *[other] { $rows } filas aceptadas
} · { $quarantined ->
    [one] { $quarantined } fila en cuarentena
   *[other] { $quarantined } filas en cuarentena
}
ingest-nothing = Nada que cargar: ningún archivo ha cambiado
ingest-retry = { $rows ->
    [one] { $rows } fila salió de la cuarentena
   *[other] { $rows } filas salieron de la cuarentena
} · { $left ->
    [one] { $left } fila sigue allí
   *[other] { $left } filas siguen allí
}
ingest-retry-nothing = La cuarentena está vacía: nada que reintentar
ingest-quarantine-where = Las filas en cuarentena, cada una con su motivo: { $path }
ingest-quarantine-example = por ejemplo { $place }: { $value }

## Archivos que no se pueden leer

ingest-error-not-found = { $file } no existe

## Preparación

ready-now = Se puede medir ya
ready-field-missing = Falta un campo
ready-not-recorded = No se registra
ready-entered = Introducido por personas
ready-summary = medibles ya: { $now } · con un campo faltante: { $missing } · sin registro: { $absent }
ready-unlock-title = Los campos que más desbloquearían
ready-unlock = { $field } desbloquea { $kpis ->
    [one] { $kpis } indicador
   *[other] { $kpis } indicadores
}
ready-unlock-which = a saber: { $kpis }
ready-letter-title = Carta a la unidad de informática
ready-letter-opening = Para medir el desempeño de la aduana ({ $area }), les rogamos que añadan los siguientes campos a la extracción del sistema de despacho.
ready-letter-item = { $field } ({ $contract }): { $meaning }
ready-letter-closing = Los datos personales se sustituyen por seudónimos al leer la extracción; ningún registro sale de la administración.
