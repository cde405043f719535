## 进度与汇总

ingest-reading = 正在读取 { $file }
ingest-rate = 每秒 { $rate } 行，剩余 { $left }
ingest-file = { $file }：读取 { $read } 行，采纳 { $taken } 行，隔离 { $quarantined } 行
ingest-summary = 采纳 { $rows } 行 · 隔离 { $quarantined } 行
ingest-unchanged = { $file }：自上次以来没有变化，已跳过
ingest-mapping = 映射 { $mapping } 填充 { $contract }
ingest-nothing = 没有可导入的内容：所有文件均无变化
ingest-retry = { $rows } 行已解除隔离 · { $left } 行仍在隔离区
ingest-retry-nothing = 隔离区为空：没有需要重试的行
ingest-quarantine-where = 被隔离的行及其原因：{ $path }
derive-progress = 正在根据其他记录推导字段
derive-summary = 在 { $rows } 行中推导出 { $fields } 个字段
ingest-column-unused = 列 { $column } 没有映射，已忽略
ingest-code-unmapped = { $field } 的代码 { $code } 没有对应转换（{ $rows } 行）

## 无法读取的文件

ingest-error-truncated = { $file } 在第 { $line } 行中途结束；请重新获取该文件
ingest-error-empty = { $file } 是空文件
ingest-error-binary = { $file } 不是文本文件；应为 CSV、XLSX 或 Parquet
ingest-error-encoding = { $file } 第 { $line } 行：这些字节不是 { $encoding } 编码；请在映射中设置 `encoding`
ingest-error-line-too-long = { $file } 第 { $line } 行：长度超过 { $limit }；分隔符或引号设置是否正确？
ingest-error-no-columns = { $file }：表头中没有任何已映射的列；映射是否正确？
ingest-error-missing-column = { $file }：映射中的列 { $column } 不在表头中
ingest-error-sheet = { $file } 中没有工作表 { $sheet }
ingest-error-not-found = { $file } 不存在
ingest-error-unreadable = 无法读取 { $file }
ingest-error-disk-full = 磁盘空间不足，无法写入 { $path }
ingest-error-unchanged = 记录保持原样：没有任何改动

## 隔离原因

quarantine-missing-required = 必填字段为空
quarantine-not-a-number = 不是数字
quarantine-not-a-date = 不是指定格式的日期或时间
quarantine-not-a-bool = 既不是真也不是假
quarantine-code-not-in-list = 代码不在代码表中
quarantine-duplicate-key = 另一行具有相同的键
quarantine-too-many-columns = 列数多于表头
quarantine-too-few-columns = 列数少于表头
quarantine-check-failed = 行校验未通过
quarantine-overflow = 数字超出字段范围
quarantine-currency = 币种未知或没有汇率
quarantine-stop-before-start = 结束早于开始

## 就绪情况

ready-title = 这些来源可以测算什么
ready-now = 现在即可测算
ready-field-missing = 缺少字段
ready-not-recorded = 没有记录
ready-entered = 人工填报
ready-coverage = 覆盖率 { $coverage }
ready-summary = { $now } 项现在即可测算 · { $missing } 项缺少字段 · { $absent } 项没有记录
ready-unlock-title = 可解锁最多指标的字段
ready-unlock = { $field } 可解锁 { $kpis } 项指标
ready-unlock-which = 即 { $kpis }
ready-letter-title = 致信息技术部门的函
ready-letter-opening = 为测算{ $area }的海关绩效，请在通关系统的数据提取中增加以下字段。
ready-letter-item = { $field }（{ $contract }）：{ $meaning }
ready-letter-closing = 读取数据时，个人信息会以假名替代；任何记录都不会离开本机构。
