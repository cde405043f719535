## check

check-title = 数据检查
check-summary = { $passed } 项检查通过 · { $failed } 项未通过
check-passed = 所有数据检查均已通过
severity-error = 错误
severity-warning = 警告
severity-note = 说明

## measure

measure-progress = 正在测算
measure-summary = { $measured } 项已测算 · { $not-computable } 项无法计算 · { $warnings } 条警告 · { $time }
measure-nothing = 无需操作：自上次运行以来，记录和定义均无变化
measure-incremental = 重新测算了 { $all } 个月中的 { $months } 个月；其余不变

## show

show-empty = 没有符合该选择的内容
show-no-run = 尚未进行测算；请先运行 `mizan measure`
show-whole-run = 所示为运行 { $run }；最近一次运行只测算了所选部分

## explain

explain-title = 该数值的来源
explain-definition = 定义
explain-source-files = 源文件
explain-records = 记录
explain-parts = 构成部分
explain-run = 运行
explain-usable = { $all } 条记录中有 { $used } 条可用
explain-division = { $value } = { $numerator } / { $denominator }
explain-kpi-version = { $kpi }，定义版本 { $version }
explain-code-unknown = { $code } 既不是诊断代码，也不是指标代码

## doctor

doctor-node = 节点文件夹
doctor-framework = 指标框架
doctor-mappings = 映射
doctor-records = 记录
doctor-disk = 磁盘可用空间
doctor-memory = 内存
doctor-clock = 时钟
doctor-language = 语言
doctor-writable = 文件夹可写入
doctor-healthy = 状态良好：无需修复
doctor-mend = 请先修复：{ $what }
doctor-disk-low = 磁盘仅剩 { $free }
doctor-clock-wrong = 时钟早于最新记录的日期

## init

init-created = 已在 { $path } 新建节点
init-exists = { $path } 已经是节点；没有任何改动
init-next = 下一步：按您的文件调整 { $mappings } 中的映射，然后运行 `mizan ingest 文件夹 --node { $node }`

## framework

framework-summary = { $kpis } 项指标 · { $findings } 个问题
framework-fixtures = { $all } 个测试样例中有 { $passed } 个通过
framework-clean = 指标框架没有错误
framework-diff-none = 没有差异
framework-diff-added = { $kpi } 为新增
framework-diff-removed = { $kpi } 已删除
framework-diff-changed = { $kpi } 由版本 { $from } 变为 { $to }
break-none = 无断点：序列延续
break-level = 水平断点：须在同一期间同时测算新旧两个版本
break-concept = 概念断点：序列重新开始

## 错误

error-unknown-kpi = 指标框架中没有指标 { $kpi }
error-did-you-mean = 您是否想输入 { $id }？
error-unknown-period = { $period } 不是期间；请写 2025、2025-S1、2025-Q2 或 2025-03
error-period-without-data = { $period } 没有记录
error-period-incomplete = 记录未覆盖整个 { $period }：其范围为 { $first } 至 { $last }
error-unknown-breakdown = { $breakdown } 不是该指标的细分；可选：{ $allowed }
error-unknown-language = { $language } 不是 Mizan 支持的语言；请选择 en、fr、es、ru、ar、zh 或 pt
error-not-a-node = { $path } 不是节点：缺少 mizan.toml；可用 `mizan init` 创建
error-locked = 另一个程序正在使用节点 { $path }；请在其结束后重试
error-path-exists = { $path } 已存在
error-not-writable = 无法写入 { $path }
error-internal = 内部错误：这是 Mizan 的缺陷。报告位于 { $path }
hint-label = 提示
hint-label-english = 提示（英文）
why-label = 原因

## 退出代码提示

exit-checks-failed = 部分数值无法计算或部分检查未通过（退出代码 1）；`--exit-zero` 可忽略

## Scores

replications-progress = 正在重复计算
score-progress = 正在评分
imputation-progress = 正在检验插补
score-missing-no-rule = 指标框架没有给出规则
score-missing-no-value = 没有数值
score-missing-too-few-peers = 同类过少
score-missing-no-previous = 没有更早的数值
score-missing-no-statistic = 缺少统计量
score-missing-no-direction = 高低不分优劣
score-missing-status = 其状态不允许评分
score-missing-other-definition = 按另一定义测得
score-missing-out-of-range = 不可能有这样的数值
score-missing-not-finite = 得分不是有限数
score-missing-no-group = 同类分组未知
score-missing-series-break = 更早的数值属于另一定义
score-edition = 指标框架：{ $edition }
composite-imputed = 插补
composite-treated = 已处理
composite-dropped = 缺失占比
composite-score-lower = 得分下限
composite-score-upper = 得分上限
composite-rank-lower = 名次上限
composite-rank-upper = 名次下限
composite-group = 组别
score-proved = 已证明：{ $count } 项得分逐位相同
score-record = 审计记录位于 { $path }
world-made = { $areas } 个海关当局，{ $years } 年，{ $observations } 个观测值
world-next = 下一步：mizan score { $path }
