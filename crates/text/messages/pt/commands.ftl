## check

check-title = Verificações de dados
check-summary = { $passed ->
    [one] { $passed } verificação passou
   *[other] { $passed } verificações passaram
} · { $failed ->
    [one] { $failed } falhou
   *[other] { $failed } falharam
}
check-passed = Todas as verificações de dados passaram
severity-error = erro
severity-warning = aviso
severity-note = nota

## measure

measure-progress = Medição
measure-summary = { $measured ->
    [one] { $measured } medido
   *[other] { $measured } medidos
} · { $not-computable ->
    [one] { $not-computable } não calculável
   *[other] { $not-computable } não calculáveis
} · { $warnings ->
    [one] { $warnings } aviso
   *[other] { $warnings } avisos
} · { $time }
measure-nothing = Nada a fazer: nem os registos nem as definições mudaram desde a última execução
measure-incremental = Meses medidos de novo: { $months } de { $all }; o resto não mudou

## show

show-empty = Nada corresponde a esta seleção
show-no-run = Ainda nada foi medido; execute primeiro `mizan measure`
show-whole-run = Mostra-se a execução { $run }; a mais recente mediu apenas uma seleção

## explain

explain-title = De onde vem este valor
explain-definition = Definição
explain-source-files = Ficheiros de origem
explain-records = Registos
explain-parts = Componentes
explain-run = Execução
explain-usable = { $used ->
    [one] { $used } registo utilizável
   *[other] { $used } registos utilizáveis
} de { $all }
explain-division = { $value } = { $numerator } / { $denominator }
explain-kpi-version = { $kpi }, versão { $version } da definição
explain-code-unknown = { $code } não é o código de um diagnóstico nem de um indicador

## doctor

doctor-node = Pasta do nó
doctor-framework = Referencial
doctor-mappings = Correspondências
doctor-records = Registos
doctor-disk = Espaço livre em disco
doctor-memory = Memória
doctor-clock = Relógio
doctor-language = Língua
doctor-writable = É possível escrever na pasta
doctor-healthy = Em bom estado: nada a corrigir
doctor-mend = Corrija primeiro: { $what }
doctor-disk-low = restam apenas { $free } no disco
doctor-clock-wrong = o relógio está atrasado em relação à data do registo mais recente

## init

init-created = Novo nó em { $path }
init-exists = { $path } já é um nó; nada foi alterado
init-next = A seguir: adapte aos seus ficheiros as correspondências em { $mappings } e execute `mizan ingest PASTA --node { $node }`

## framework

framework-summary = { $kpis ->
    [one] { $kpis } indicador
   *[other] { $kpis } indicadores
} · { $findings ->
    [one] { $findings } problema
   *[other] { $findings } problemas
}
framework-fixtures = Casos de teste que passaram: { $passed } de { $all }
framework-clean = O referencial não tem erros
framework-diff-none = Nenhuma diferença
framework-diff-added = { $kpi } é novo
framework-diff-removed = { $kpi } foi retirado
framework-diff-changed = { $kpi } passou da versão { $from } para a { $to }
break-none = sem quebra: a série continua
break-level = quebra de nível: a versão antiga e a nova têm de ser medidas no mesmo período
break-concept = quebra de conceito: a série recomeça

## Erros

error-unknown-kpi = não há nenhum indicador { $kpi } no referencial
error-did-you-mean = queria dizer { $id }?
error-unknown-period = { $period } não é um período; escreva 2025, 2025-S1, 2025-Q2 ou 2025-03
error-period-without-data = não há registos para { $period }
error-period-incomplete = os registos não cobrem todo o período { $period }: vão de { $first } a { $last }
error-unknown-breakdown = { $breakdown } não é uma desagregação deste indicador; opções possíveis: { $allowed }
error-unknown-language = { $language } não é uma língua do Mizan; escolha en, fr, es, ru, ar, zh ou pt
error-not-a-node = { $path } não é um nó: falta mizan.toml; `mizan init` cria um
error-locked = outro programa está a trabalhar no nó { $path }; tente de novo quando terminar
error-path-exists = { $path } já existe
error-not-writable = não é possível escrever em { $path }
error-internal = Erro interno: é um defeito do Mizan. O relatório está em { $path }
hint-label = ajuda
hint-label-english = ajuda, em inglês
why-label = porquê

## Indicações com o código de saída

exit-checks-failed = Alguns valores não são calculáveis ou algumas verificações falharam (código de saída 1); `--exit-zero` ignora isto

## Scores

replications-progress = Replicações
score-progress = Pontuação
imputation-progress = Teste da imputação
score-missing-no-rule = o referencial não dá nenhuma regra
score-missing-no-value = sem valor
score-missing-too-few-peers = pares insuficientes
score-missing-no-previous = sem valor anterior
score-missing-no-statistic = falta uma estatística
score-missing-no-direction = nem mais nem menos é melhor
score-missing-status = o seu estado não permite uma pontuação
score-missing-other-definition = medido com outra definição
score-missing-out-of-range = um valor assim não é possível
score-missing-not-finite = a pontuação não é um número finito
score-missing-no-group = o grupo de pares não é conhecido
score-missing-series-break = o valor anterior é de outra definição
score-edition = Referencial: { $edition }
composite-imputed = Imputado
composite-treated = Tratado
composite-dropped = Parte em falta
composite-score-lower = Pontuação de
composite-score-upper = Pontuação até
composite-rank-lower = Posição de
composite-rank-upper = Posição até
composite-group = Grupo
score-proved = Provado: { $count ->
    [one] { $count } pontuação é idêntica
   *[other] { $count } pontuações são idênticas
}, bit a bit
score-record = O registo de auditoria está em { $path }
world-made = { $areas ->
    [one] { $areas } administração
   *[other] { $areas } administrações
}, { $years ->
    [one] { $years } ano
   *[other] { $years } anos
}, { $observations ->
    [one] { $observations } observação
   *[other] { $observations } observações
}
world-next = A seguir: mizan score { $path }
