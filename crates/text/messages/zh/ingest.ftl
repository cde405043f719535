## 进度与汇总

ingest-rate = 每秒 { $rate } 行，剩余 { $left }
progress-left = 剩余 { $left }
ingest-file = { $file }：读取 { $read } 行，采纳 { $taken } 行，隔离 { $quarantined } 行
ingest-summary = 采纳 { $rows } 行 · 隔离 { $quarantined } 行
ingest-nothing = 没有可导入的内容：所有文件均无变化
ingest-retry = { $rows } 行已解除隔离 · { $left } 行仍在隔离区
ingest-retry-nothing = 隔离区为空：没有需要重试的行
ingest-quarantine-where = 被隔离的行及其原因：{ $path }
ingest-quarantine-example = 例如 { $place }：{ $value }

## 无法读取的文件

ingest-error-not-found = { $file } 不存在

## 就绪情况

ready-now = 现在即可测算
ready-field-missing = 缺少字段
ready-not-recorded = 没有记录
ready-entered = 人工填报
ready-summary = { $now } 项现在即可测算 · { $missing } 项缺少字段 · { $absent } 项没有记录
ready-unlock-title = 可解锁最多指标的字段
ready-unlock = { $field } 可解锁 { $kpis } 项指标
ready-unlock-which = 即 { $kpis }
ready-letter-title = 致信息技术部门的函
ready-letter-opening = 为测算{ $area }的海关绩效，请在通关系统的数据提取中增加以下字段。
ready-letter-item = { $field }（{ $contract }）：{ $meaning }
ready-letter-closing = 读取数据时，个人信息会以假名替代；任何记录都不会离开本机构。
