## Progreso y resumen

ingest-reading = Lectura de { $file }
ingest-rate = { $rate } filas/s, faltan { $left }
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
ingest-unchanged = { $file }: sin cambios desde la última vez, se omite
ingest-mapping = La correspondencia { $mapping } alimenta { $contract }
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
derive-progress = Cálculo de campos a partir de otros registros
derive-summary = { $fields ->
    [one] { $fields } campo derivado
   *[other] { $fields } campos derivados
} en { $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
}
ingest-column-unused = la columna { $column } no tiene correspondencia y se ignora
ingest-code-unmapped = el código { $code } de { $field } no tiene equivalencia ({ $rows ->
    [one] { $rows } fila
   *[other] { $rows } filas
})

## Archivos que no se pueden leer

ingest-error-truncated = { $file } se interrumpe en mitad de la línea { $line }; obtenga el archivo de nuevo
ingest-error-empty = { $file } está vacío
ingest-error-binary = { $file } no es un archivo de texto; se espera CSV, XLSX o Parquet
ingest-error-encoding = { $file }, línea { $line }: estos bytes no son { $encoding }; indique `encoding` en la correspondencia
ingest-error-line-too-long = { $file }, línea { $line }: más larga que { $limit }; ¿son correctos el delimitador y las comillas?
ingest-error-no-columns = { $file }: ninguna de las columnas esperadas está en el encabezado; ¿es la correspondencia correcta?
ingest-error-missing-column = { $file }: la columna { $column } de la correspondencia no está en el encabezado
ingest-error-sheet = { $file } no tiene la hoja { $sheet }
ingest-error-not-found = { $file } no existe
ingest-error-unreadable = no se puede leer { $file }
ingest-error-disk-full = No queda espacio en el disco para { $path }
ingest-error-unchanged = Los registros siguen como estaban: no se modificó nada

## Motivos de cuarentena

quarantine-missing-required = un campo obligatorio está vacío
quarantine-not-a-number = no es un número
quarantine-not-a-date = no es una fecha u hora en el formato indicado
quarantine-not-a-bool = ni verdadero ni falso
quarantine-code-not-in-list = el código no está en la lista
quarantine-duplicate-key = otra fila tiene la misma clave
quarantine-too-many-columns = más columnas que el encabezado
quarantine-too-few-columns = menos columnas que el encabezado
quarantine-check-failed = falló una comprobación de la fila
quarantine-overflow = el número es demasiado grande para el campo
quarantine-currency = moneda desconocida o sin tipo de cambio
quarantine-stop-before-start = el fin es anterior al inicio

## Preparación

ready-title = Qué se puede medir con estas fuentes
ready-now = Se puede medir ya
ready-field-missing = Falta un campo
ready-not-recorded = No se registra
ready-entered = Introducido por personas
ready-coverage = cobertura del { $coverage }
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
