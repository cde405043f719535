## 计数

declarations = { $count } 份报关单
offices = { $count } 个海关
months = { $count } 个月
kpis = { $count } 项指标
rows = { $count } 行
files = { $count } 个文件
findings = { $count } 个问题

## 期间与时长

period-year = { $year }年
period-fiscal-year = { $year } 财政年度
period-half = { $half ->
    [1] { $year }年上半年
   *[2] { $year }年下半年
}
period-quarter = { $quarter ->
    [1] { $year }年第一季度
    [2] { $year }年第二季度
    [3] { $year }年第三季度
   *[4] { $year }年第四季度
}
period-range = { $first }至{ $last }
duration-seconds = { $seconds } 秒
duration-minutes = { $minutes } 分 { $seconds } 秒
duration-hours = { $hours } 小时 { $minutes } 分
quantity-hours = { $value } 小时
quantity-days = { $value } 天
quantity-points = { $value } 点
compact-first = { $value }万
compact-second = { $value }亿
compact-third = { $value }万亿

## 指标单位

unit-percent = 百分比
unit-hours = 小时
unit-days = 天
unit-money = 金额
unit-count = 数量
unit-ratio = 比率
unit-score = 得分
unit-points = 点
unit-quantity = 量
unit-stage = 等级

## 数值状态

status-ok = 已测算
status-ok-why = 该数值由记录测算得出，符合定义的要求。
status-too-few = 案例过少
status-too-few-why = 案例数少于定义的要求，该数值参考意义有限。
status-low-coverage = 覆盖率低
status-low-coverage-why = 过多的记录缺少定义所需的字段。
status-undefined = 无定义
status-undefined-why = 分母或基数为零或未被记录，因此没有数值。
status-not-computable = 无法计算
status-not-computable-why = 此处没有记录定义所需的字段或数据表。
status-not-closed = 尚未结算
status-not-closed-why = 期末后的等待时间尚未届满，数值仍可能变化。
status-reported = 人工填报
status-reported-why = 该数值由人员填报，并非由记录测算得出。

## 表格与页面用语

word-value = 数值
word-numerator = 分子
word-denominator = 分母
word-cases = 案例数
word-interval = { $level } 区间
word-coverage = 覆盖率
word-trend = 趋势
word-period = 期间
word-unknown = 未知
word-definition = 定义
word-run = 运行
word-dimension = 维度
word-outcome = 预期成果
word-kpi = 指标
word-unit = 单位
word-status = 状态
word-direction = 方向
word-origin = 出处
word-source = 来源
word-area = 海关当局
word-breakdown = 细分
word-reason = 原因
word-mapping = 映射
word-contract = 数据契约
word-file = 文件
word-rows-read = 读取行数
word-taken = 已导入
word-quarantined = 隔离
word-duplicates = 重复
word-unchanged = 未变
word-reasons = 原因
word-severity = 严重程度
word-yes = 是
word-no = 否
word-score = 得分
word-rank = 名次
word-grade = 评级
word-reference = 比较基准
word-peers = 同类
word-rule = 规则
word-name = 名称
word-limits = 局限
word-rationale = 测算理由
word-how-to-read = 如何解读

direction-higher = 越高越好
direction-lower = 越低越好
direction-target = 越接近目标越好
direction-context = 背景信息，不分优劣

origin-pmm = PMM 参考指标
origin-published = 已在他处发布
origin-adapted = 改编
origin-own = Mizan 自有

## 细分

breakdown-office = 海关
breakdown-mode = 运输方式
breakdown-channel = 通道
breakdown-procedure = 海关监管方式
breakdown-flow = 进出口流向
breakdown-aeo = AEO 资格
breakdown-traffic = 运输业务类型
breakdown-statistic = 统计量
breakdown-hs-chapter = HS 章
breakdown-selection = 布控依据
breakdown-category = 类别
breakdown-product = 产品
breakdown-agency = 机构

## 文本状态

text-fallback = 尚无您所用语言的版本；以 { $language } 显示
text-machine = 机器翻译
text-draft = 翻译草稿
text-reviewed = 已审校的翻译
text-official = 官方文本
text-stale = 译文早于原文的最新版本
