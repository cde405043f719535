## المعدودات

declarations = { $count ->
    [zero] لا بيانات جمركية
    [one] بيان جمركي واحد
    [two] بيانان جمركيان
    [few] { $count } بيانات جمركية
    [many] { $count } بيانًا جمركيًا
   *[other] { $count } بيان جمركي
}
offices = { $count ->
    [zero] لا مكاتب جمركية
    [one] مكتب جمركي واحد
    [two] مكتبان جمركيان
    [few] { $count } مكاتب جمركية
    [many] { $count } مكتبًا جمركيًا
   *[other] { $count } مكتب جمركي
}
months = { $count ->
    [zero] لا أشهر
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
    [many] { $count } شهرًا
   *[other] { $count } شهر
}
kpis = { $count ->
    [zero] لا مؤشرات
    [one] مؤشر واحد
    [two] مؤشران
    [few] { $count } مؤشرات
    [many] { $count } مؤشرًا
   *[other] { $count } مؤشر
}
rows = { $count ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفان
    [few] { $count } صفوف
    [many] { $count } صفًا
   *[other] { $count } صف
}
files = { $count ->
    [zero] لا ملفات
    [one] ملف واحد
    [two] ملفان
    [few] { $count } ملفات
    [many] { $count } ملفًا
   *[other] { $count } ملف
}
findings = { $count ->
    [zero] لا ملاحظات
    [one] ملاحظة واحدة
    [two] ملاحظتان
    [few] { $count } ملاحظات
    [many] { $count } ملاحظة
   *[other] { $count } ملاحظة
}

## الفترات والمدد

period-year = { $year }
period-fiscal-year = السنة المالية { $year }
period-half = { $half ->
    [1] النصف الأول من { $year }
   *[2] النصف الثاني من { $year }
}
period-quarter = { $quarter ->
    [1] الربع الأول من { $year }
    [2] الربع الثاني من { $year }
    [3] الربع الثالث من { $year }
   *[4] الربع الرابع من { $year }
}
period-range = من { $first } إلى { $last }
duration-seconds = { $seconds } ث
duration-minutes = { $minutes } د { $seconds } ث
duration-hours = { $hours } س { $minutes } د
quantity-hours = { $value } ساعة
quantity-days = { $value } يوم
quantity-points = { $value } نقطة
compact-first = { $value } ألف
compact-second = { $value } مليون
compact-third = { $value } مليار

## وحدات المؤشرات

unit-percent = نسبة مئوية
unit-hours = ساعات
unit-days = أيام
unit-money = مبلغ
unit-count = عدد
unit-ratio = نسبة
unit-score = درجة
unit-points = نقاط
unit-quantity = كمية
unit-stage = مستوى

## حالات القيمة

status-ok = مقيس
status-ok-why = قيست القيمة من السجلات وهي تستوفي متطلبات التعريف.
status-too-few = حالات قليلة جدًا
status-too-few-why = عدد الحالات أقل مما يشترطه التعريف، فدلالة القيمة ضعيفة.
status-low-coverage = تغطية منخفضة
status-low-coverage-why = ينقص عددًا كبيرًا من السجلات حقل يحتاج إليه التعريف.
status-undefined = غير معرّف
status-undefined-why = المقام أو الأساس صفر أو لم يُسجَّل، فلا توجد قيمة.
status-not-computable = غير قابل للحساب
status-not-computable-why = حقل أو جدول يحتاج إليه التعريف غير مسجل هنا.
status-not-closed = لم يُقفل بعد
status-not-closed-why = لم تنقضِ بعدُ مدة الانتظار بعد نهاية الفترة، وقد تتغير القيمة.
status-reported = مُدخل
status-reported-why = أدخل القيمةَ أشخاص، ولم تُقس من السجلات.

## كلمات الجداول والصفحات

word-value = القيمة
word-numerator = البسط
word-denominator = المقام
word-cases = الحالات
word-interval = فترة الثقة { $level }
word-coverage = التغطية
word-trend = الاتجاه
word-period = الفترة
word-unknown = غير معروف
word-definition = التعريف
word-run = التشغيل
word-dimension = البُعد
word-outcome = النتيجة المنشودة
word-kpi = المؤشر
word-unit = الوحدة
word-status = الحالة
word-direction = الوجهة المفضلة
word-origin = الأصل
word-source = المصدر
word-area = الإدارة
word-breakdown = التفصيل
word-reason = السبب
word-mapping = المطابقة
word-contract = عقد البيانات
word-file = الملف
word-rows-read = الصفوف المقروءة
word-taken = المقبولة
word-quarantined = في الحجر
word-duplicates = المكررة
word-unchanged = دون تغيير
word-reasons = الأسباب
word-severity = الخطورة
word-yes = نعم
word-no = لا
word-score = الدرجة
word-rank = الرتبة
word-grade = التقدير
word-reference = أساس المقارنة
word-peers = النظراء
word-rule = القاعدة
word-name = الاسم
word-limits = الحدود
word-rationale = سبب القياس
word-how-to-read = كيف يُقرأ

direction-higher = الأعلى أفضل
direction-lower = الأدنى أفضل
direction-target = الأقرب إلى الهدف أفضل
direction-context = للسياق: لا أفضل ولا أسوأ

origin-pmm = مرجع PMM
origin-published = منشور في مصدر آخر
origin-adapted = مُكيَّف
origin-own = خاص بميزان

## التفصيلات

breakdown-office = المكتب الجمركي
breakdown-mode = وسيلة النقل
breakdown-channel = المسار
breakdown-procedure = الوضع الجمركي
breakdown-flow = اتجاه التجارة
breakdown-aeo = صفة المشغل الاقتصادي المعتمد
breakdown-traffic = نوع الحركة
breakdown-statistic = المقياس الإحصائي
breakdown-hs-chapter = فصل النظام المنسق
breakdown-selection = أساس الاختيار
breakdown-category = الفئة
breakdown-product = المنتج
breakdown-agency = الجهة

## حالة النص

text-fallback = غير متوفر بلغتك بعد؛ لغة العرض: { $language }
text-machine = ترجمة آلية
text-draft = ترجمة أولية
text-reviewed = ترجمة مراجَعة
text-official = نص رسمي
text-stale = ترجمة أقدم من أصلها
