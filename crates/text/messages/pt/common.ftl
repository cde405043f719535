## Coisas contadas

declarations = { $count ->
    [one] { $count } declaração
   *[other] { $count } declarações
}
offices = { $count ->
    [one] { $count } estância aduaneira
   *[other] { $count } estâncias aduaneiras
}
months = { $count ->
    [one] { $count } mês
   *[other] { $count } meses
}
kpis = { $count ->
    [one] { $count } indicador
   *[other] { $count } indicadores
}
rows = { $count ->
    [one] { $count } linha
   *[other] { $count } linhas
}
files = { $count ->
    [one] { $count } ficheiro
   *[other] { $count } ficheiros
}
findings = { $count ->
    [one] { $count } problema
   *[other] { $count } problemas
}

## Períodos e durações

period-year = { $year }
period-fiscal-year = ano fiscal { $year }
period-half = { $half ->
    [1] 1.º semestre de { $year }
   *[2] 2.º semestre de { $year }
}
period-quarter = { $quarter ->
    [1] 1.º trimestre de { $year }
    [2] 2.º trimestre de { $year }
    [3] 3.º trimestre de { $year }
   *[4] 4.º trimestre de { $year }
}
period-range = de { $first } a { $last }
duration-seconds = { $seconds } s
duration-minutes = { $minutes } min { $seconds } s
duration-hours = { $hours } h { $minutes } min
quantity-hours = { $value } h
quantity-days = { $value } d
quantity-points = { $value } pts
compact-first = { $value } mil
compact-second = { $value } M
compact-third = { $value } mil M

## Unidades dos indicadores

unit-percent = por cento
unit-hours = horas
unit-days = dias
unit-money = montante
unit-count = número
unit-ratio = rácio
unit-score = pontuação
unit-points = pontos
unit-quantity = quantidade
unit-stage = nível

## Estados de um valor

status-ok = medido
status-ok-why = O valor foi medido a partir dos registos e cumpre os requisitos da definição.
status-too-few = poucos casos
status-too-few-why = Há menos casos do que a definição exige, pelo que o valor diz pouco.
status-low-coverage = cobertura baixa
status-low-coverage-why = Falta a demasiados registos um campo de que a definição precisa.
status-undefined = indefinido
status-undefined-why = O denominador ou a base é zero ou não foi registado, pelo que não há valor.
status-not-computable = não calculável
status-not-computable-why = Um campo ou uma tabela de que a definição precisa não é registado aqui.
status-not-closed = ainda não encerrado
status-not-closed-why = O prazo de espera após o fim do período ainda não terminou; o valor ainda pode mudar.
status-reported = introduzido
status-reported-why = O valor foi introduzido por pessoas e não medido a partir dos registos.

## Palavras de tabelas e páginas

word-value = Valor
word-numerator = Numerador
word-denominator = Denominador
word-cases = Casos
word-interval = Intervalo de { $level }
word-coverage = Cobertura
word-trend = Tendência
word-period = Período
word-unknown = Desconhecido
word-definition = Definição
word-run = Execução
word-dimension = Dimensão
word-outcome = Resultado esperado
word-kpi = Indicador
word-unit = Unidade
word-status = Estado
word-direction = Sentido
word-origin = Origem
word-source = Fonte
word-area = Administração
word-breakdown = Desagregação
word-reason = Motivo
word-mapping = Correspondência
word-contract = Contrato de dados
word-file = Ficheiro
word-rows-read = Linhas lidas
word-taken = Aceites
word-quarantined = Em quarentena
word-duplicates = Duplicadas
word-unchanged = Inalterado
word-reasons = Motivos
word-severity = Gravidade
word-yes = sim
word-no = não
word-score = Pontuação
word-rank = Posição
word-grade = Classificação
word-reference = Comparado com
word-peers = Pares
word-rule = Regra
word-name = Nome
word-limits = Limitações
word-rationale = Porque se mede
word-how-to-read = Como se lê

direction-higher = quanto mais alto, melhor
direction-lower = quanto mais baixo, melhor
direction-target = quanto mais perto da meta, melhor
direction-context = contexto: nem melhor nem pior

origin-pmm = referência do PMM
origin-published = publicado noutra fonte
origin-adapted = adaptado
origin-own = próprio do Mizan

## Desagregações

breakdown-office = Estância aduaneira
breakdown-mode = Modo de transporte
breakdown-channel = Canal
breakdown-procedure = Regime aduaneiro
breakdown-flow = Fluxo
breakdown-aeo = Estatuto de OEA
breakdown-traffic = Tipo de tráfego
breakdown-statistic = Estatística
breakdown-hs-chapter = Capítulo do SH
breakdown-selection = Motivo de seleção
breakdown-category = Categoria
breakdown-product = Produto
breakdown-agency = Organismo

## Estado de um texto

text-fallback = ainda não existe na sua língua; apresentado em { $language }
text-machine = tradução automática
text-draft = tradução provisória
text-reviewed = tradução revista
text-official = texto oficial
text-stale = tradução mais antiga do que o original
