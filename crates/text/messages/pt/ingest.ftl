## Progresso e resumo

ingest-rate = { $rate } linhas/s, faltam { $left }
progress-left = faltam { $left }
ingest-file = { $file }: { $read ->
    [one] { $read } linha lida
   *[other] { $read } linhas lidas
}, { $taken ->
    [one] { $taken } aceite
   *[other] { $taken } aceites
}, { $quarantined } em quarentena
ingest-summary = { $rows ->
    [one] { $rows } linha aceite
   *[other] { $rows } linhas aceites
} · { $quarantined ->
    [one] { $quarantined } linha em quarentena
   *[other] { $quarantined } linhas em quarentena
}
ingest-nothing = Nada a carregar: nenhum ficheiro mudou
ingest-retry = { $rows ->
    [one] { $rows } linha saiu da quarentena
   *[other] { $rows } linhas saíram da quarentena
} · { $left ->
    [one] { $left } linha continua lá
   *[other] { $left } linhas continuam lá
}
ingest-retry-nothing = A quarentena está vazia: nada a tentar de novo
ingest-quarantine-where = As linhas em quarentena, cada uma com o seu motivo: { $path }
ingest-quarantine-example = por exemplo { $place }: { $value }

## Ficheiros que não se conseguem ler

ingest-error-not-found = { $file } não existe

## Preparação

ready-now = Pode ser medido já
ready-field-missing = Falta um campo
ready-not-recorded = Não registado
ready-entered = Introduzido por pessoas
ready-summary = mensuráveis já: { $now } · com um campo em falta: { $missing } · sem registo: { $absent }
ready-unlock-title = Os campos que mais desbloqueariam
ready-unlock = { $field } desbloqueia { $kpis ->
    [one] { $kpis } indicador
   *[other] { $kpis } indicadores
}
ready-unlock-which = a saber: { $kpis }
ready-letter-title = Carta à unidade de informática
ready-letter-opening = Para medir o desempenho da alfândega ({ $area }), pedimos que acrescentem os seguintes campos à extração do sistema de desalfandegamento.
ready-letter-item = { $field } ({ $contract }): { $meaning }
ready-letter-closing = Os dados pessoais são substituídos por pseudónimos na leitura da extração; nenhum registo sai da administração.
