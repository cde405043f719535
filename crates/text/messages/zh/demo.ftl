## 进度

demo-phase-generate = 正在生成虚拟海关当局
demo-phase-ingest = 正在导入其文件
demo-made = { $declarations }，{ $offices }，{ $months }
demo-done = 完成，用时 { $seconds }
demo-page = 页面：{ $path }
demo-table = 表格：{ $path }
demo-node = 节点：{ $path }
demo-next = 进一步查看：mizan show --node { $path }

## 页面

page-title = 海关绩效指标
page-subtitle = { $area }，{ $period }
page-lead = 根据 { $declarations } 份报关单测算出 { $kpis } 项指标。
page-synthetic = 合成数据：这些数字不对应任何真实的海关当局。
page-how-to-read = 如何阅读本页
page-how-value = 每个数值都附有分子和分母，任何人都可以核对除法。
page-how-interval = 区间表示数值仅因偶然因素可能变动的幅度：每 { $all } 个这样的区间中有 { $hits } 个包含真实的数值。
page-how-coverage = 覆盖率是具备定义所需全部字段的记录所占的比例。
page-how-missing = 短横线表示没有数值，原因列于旁边；它绝不表示零。
page-how-trend = 小折线显示期间内的各个月份；断开处表示该月没有数值。
page-contents = 目录
page-legend = 图例
page-language = 语言
page-skip = 跳到正文
page-trend = 从{ $first-period }的 { $first-value } 到{ $last-period }的 { $last-value }
page-trend-none = 没有趋势：数值少于两个
page-not-computable = 此处无法计算
page-not-computable-lead = 这些指标所需的字段或数据表在记录中缺失。
page-entered = 人工填报，非测算
page-entered-lead = 这些指标由人员填答，无法从记录中得出。
interval-range = { $low } 至 { $high }
page-dimension-count = 本维度共 { $count } 项指标
page-more-offices = 另有 { $offices } 个海关
page-made-by = 由 Mizan { $version } 生成
page-framework = 指标框架 { $framework }，版本 { $version }
page-run = 运行 { $run }
page-downloads = 以文件形式提供的相同数字
