## Progresso e resumo

ingest-reading = Leitura de { $file }
ingest-rate = { $rate } linhas/s, faltam { $left }
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
ingest-unchanged = { $file }: sem alterações desde a última vez, ignorado
ingest-mapping = A correspondência { $mapping } alimenta { $contract }
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
derive-progress = Cálculo de campos a partir de outros registos
derive-summary = { $fields ->
    [one] { $fields } campo derivado
   *[other] { $fields } campos derivados
} em { $rows ->
    [one] { $rows } linha
   *[other] { $rows } linhas
}
ingest-column-unused = a coluna { $column } não tem correspondência e é ignorada
ingest-code-unmapped = o código { $code } de { $field } não tem equivalência ({ $rows ->
    [one] { $rows } linha
   *[other] { $rows } linhas
})

## Ficheiros que não se conseguem ler

ingest-error-truncated = { $file } termina a meio da linha { $line }; obtenha o ficheiro de novo
ingest-error-empty = { $file } está vazio
ingest-error-binary = { $file } não é um ficheiro de texto; espera-se CSV, XLSX ou Parquet
ingest-error-encoding = { $file }, linha { $line }: estes bytes não são { $encoding }; indique `encoding` na correspondência
ingest-error-line-too-long = { $file }, linha { $line }: mais longa do que { $limit }; o delimitador ou as aspas estão certos?
ingest-error-no-columns = { $file }: nenhuma das colunas esperadas está no cabeçalho; é esta a correspondência certa?
ingest-error-missing-column = { $file }: a coluna { $column } da correspondência não está no cabeçalho
ingest-error-sheet = { $file } não tem a folha { $sheet }
ingest-error-not-found = { $file } não existe
ingest-error-unreadable = não é possível ler { $file }
ingest-error-disk-full = Não há espaço no disco para { $path }
ingest-error-unchanged = Os registos continuam como estavam: nada foi alterado

## Motivos de quarentena

quarantine-missing-required = um campo obrigatório está vazio
quarantine-not-a-number = não é um número
quarantine-not-a-date = não é uma data ou hora no formato indicado
quarantine-not-a-bool = nem verdadeiro nem falso
quarantine-code-not-in-list = o código não está na lista
quarantine-duplicate-key = outra linha tem a mesma chave
quarantine-too-many-columns = mais colunas do que o cabeçalho
quarantine-too-few-columns = menos colunas do que o cabeçalho
quarantine-check-failed = uma verificação da linha falhou
quarantine-overflow = o número é demasiado grande para o campo
quarantine-currency = moeda desconhecida ou sem taxa de câmbio
quarantine-stop-before-start = o fim é anterior ao início

## Preparação

ready-title = O que se pode medir com estas fontes
ready-now = Pode ser medido já
ready-field-missing = Falta um campo
ready-not-recorded = Não registado
ready-entered = Introduzido por pessoas
ready-coverage = cobertura de { $coverage }
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
