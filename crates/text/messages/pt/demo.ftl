## Progresso

demo-phase-generate = Criação da administração fictícia
demo-phase-ingest = Carregamento dos seus ficheiros
demo-made = { $declarations }, { $offices }, { $months }
demo-done = Concluído em { $seconds }
demo-page = Página: { $path }
demo-table = Tabela: { $path }
demo-node = Nó: { $path }
demo-next = Para explorar mais: mizan show --node { $path }

## Página

page-title = Indicadores de desempenho aduaneiro
page-subtitle = { $area }, { $period }
page-lead = { $kpis ->
    [one] { $kpis } indicador medido
   *[other] { $kpis } indicadores medidos
} a partir de { $declarations ->
    [one] { $declarations } declaração.
   *[other] { $declarations } declarações.
}
page-synthetic = Dados sintéticos: nenhuma administração real corresponde a estes números.
page-how-to-read = Como ler esta página
page-how-value = Cada valor surge com o seu numerador e o seu denominador, para que qualquer pessoa possa verificar a divisão.
page-how-interval = O intervalo mostra quanto o valor poderia variar apenas por acaso: em cada { $all } intervalos deste tipo, { $hits } contêm o valor subjacente.
page-how-coverage = A cobertura é a parte dos registos que tinham todos os campos de que a definição precisa.
page-how-missing = Um traço significa que não há valor; o motivo está ao lado. Nunca é um zero.
page-how-trend = A linha pequena mostra os meses do período; uma interrupção é um mês sem valor.
page-contents = Índice
page-legend = Legenda
page-language = Língua
page-skip = Ir para o conteúdo
page-trend = de { $first-value } em { $first-period } para { $last-value } em { $last-period }
page-trend-none = sem tendência: menos de dois valores
page-not-computable = Não calculáveis aqui
page-not-computable-lead = Para estes indicadores falta nos registos um campo ou uma tabela.
page-entered = Introduzidos, não medidos
page-entered-lead = A estes indicadores respondem pessoas; nenhum registo os pode fornecer.
interval-range = de { $low } a { $high }
page-dimension-count = { $count ->
    [one] { $count } indicador nesta dimensão
   *[other] { $count } indicadores nesta dimensão
}
page-more-offices = { $offices ->
    [one] e mais { $offices } estância aduaneira
   *[other] e mais { $offices } estâncias aduaneiras
}
page-made-by = Produzido com o Mizan { $version }
page-framework = Referencial { $framework }, versão { $version }
page-run = Execução { $run }
page-downloads = Os mesmos números em ficheiros
