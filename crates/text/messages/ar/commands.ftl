## check

check-title = فحوص البيانات
check-summary = { $passed ->
    [zero] لم ينجح أي فحص
    [one] نجح فحص واحد
    [two] نجح فحصان
    [few] نجحت { $passed } فحوص
    [many] نجح { $passed } فحصًا
   *[other] نجح { $passed } فحص
} · { $failed ->
    [zero] لم يخفق أي فحص
    [one] أخفق فحص واحد
    [two] أخفق فحصان
    [few] أخفقت { $failed } فحوص
    [many] أخفق { $failed } فحصًا
   *[other] أخفق { $failed } فحص
}
check-passed = نجحت جميع فحوص البيانات
severity-error = خطأ
severity-warning = تحذير
severity-note = ملاحظة

## measure

measure-progress = القياس
measure-summary = مقيسة: { $measured } · غير قابلة للحساب: { $not-computable } · { $warnings ->
    [zero] لا تحذيرات
    [one] تحذير واحد
    [two] تحذيران
    [few] { $warnings } تحذيرات
    [many] { $warnings } تحذيرًا
   *[other] { $warnings } تحذير
} · { $time }
measure-nothing = لا شيء يُعمل: لم تتغير السجلات ولا التعريفات منذ التشغيل السابق
measure-incremental = الأشهر التي أعيد قياسها: { $months } من { $all }؛ والباقي دون تغيير

## show

show-empty = لا شيء يطابق هذا الاختيار
show-no-run = لم يُقس شيء بعد؛ شغّل `mizan measure` أولًا
show-whole-run = المعروض هو التشغيل { $run }؛ أما آخر تشغيل فقاس جزءًا مختارًا فقط

## explain

explain-title = من أين تأتي هذه القيمة
explain-definition = التعريف
explain-source-files = الملفات المصدرية
explain-records = السجلات
explain-parts = الأجزاء
explain-run = التشغيل
explain-usable = السجلات المستعملة: { $used } من { $all }
explain-division = { $value } = { $numerator } / { $denominator }
explain-kpi-version = { $kpi }، إصدار التعريف { $version }
explain-code-unknown = { $code } ليس رمز تشخيص ولا رمز مؤشر

## doctor

doctor-node = مجلد العقدة
doctor-framework = إطار المؤشرات
doctor-mappings = المطابقات
doctor-records = السجلات
doctor-disk = المساحة الخالية على القرص
doctor-memory = الذاكرة
doctor-clock = الساعة
doctor-language = اللغة
doctor-writable = يمكن الكتابة في المجلد
doctor-healthy = سليم: لا شيء يحتاج إلى إصلاح
doctor-mend = أصلح هذا أولًا: { $what }
doctor-disk-low = لم يبق على القرص سوى { $free }
doctor-clock-wrong = الساعة متأخرة عن تاريخ أحدث سجل

## init

init-created = عقدة جديدة في { $path }
init-exists = { $path } عقدة قائمة بالفعل؛ لم يتغير شيء
init-next = الخطوة التالية: كيّف المطابقات في { $mappings } مع ملفاتك ثم شغّل `mizan ingest FOLDER --node { $node }`

## framework

framework-summary = { $kpis ->
    [zero] لا مؤشرات
    [one] مؤشر واحد
    [two] مؤشران
    [few] { $kpis } مؤشرات
    [many] { $kpis } مؤشرًا
   *[other] { $kpis } مؤشر
} · { $findings ->
    [zero] لا ملاحظات
    [one] ملاحظة واحدة
    [two] ملاحظتان
    [few] { $findings } ملاحظات
    [many] { $findings } ملاحظة
   *[other] { $findings } ملاحظة
}
framework-fixtures = حالات الاختبار الناجحة: { $passed } من { $all }
framework-clean = إطار المؤشرات خالٍ من الأخطاء
framework-diff-none = لا فرق
framework-diff-added = { $kpi } جديد
framework-diff-removed = { $kpi } أُزيل
framework-diff-changed = انتقل { $kpi } من الإصدار { $from } إلى { $to }
break-none = بلا انقطاع: تستمر السلسلة
break-level = انقطاع في المستوى: يجب قياس الإصدارين القديم والجديد لفترة واحدة
break-concept = انقطاع في المفهوم: تبدأ السلسلة من جديد

## الأخطاء

error-unknown-kpi = لا يوجد في إطار المؤشرات مؤشر { $kpi }
error-did-you-mean = هل تقصد { $id }؟
error-unknown-period = { $period } ليست فترة؛ اكتب 2025 أو 2025-S1 أو 2025-Q2 أو 2025-03
error-period-without-data = لا توجد سجلات للفترة { $period }
error-period-incomplete = السجلات لا تغطي { $period } كلها: فهي من { $first } إلى { $last }
error-unknown-breakdown = { $breakdown } ليس تفصيلًا لهذا المؤشر؛ الممكن: { $allowed }
error-unknown-language = { $language } ليست من لغات ميزان؛ اختر en أو fr أو es أو ru أو ar أو zh أو pt
error-not-a-node = { $path } ليس عقدة: الملف mizan.toml غير موجود فيه؛ ينشئها الأمر `mizan init`
error-locked = يعمل برنامج آخر على العقدة { $path }؛ أعد المحاولة بعد انتهائه
error-path-exists = { $path } موجود بالفعل
error-not-writable = تتعذر الكتابة في { $path }
error-internal = خطأ داخلي: هذا خلل في ميزان. التقرير في { $path }
hint-label = مساعدة
hint-label-english = مساعدة (بالإنجليزية)
why-label = لماذا

## إرشادات مع رمز الخروج

exit-checks-failed = بعض القيم غير قابلة للحساب أو أخفقت بعض الفحوص (رمز الخروج 1)؛ يتجاهل `--exit-zero` ذلك

## Scores

replications-progress = التكرارات
score-progress = احتساب الدرجات
imputation-progress = اختبار التعويض
score-missing-no-rule = لا توجد قاعدة في إطار المؤشرات
score-missing-no-value = لا توجد قيمة
score-missing-too-few-peers = النظراء قليلون جدًا
score-missing-no-previous = لا توجد قيمة سابقة
score-missing-no-statistic = ينقص مقياس إحصائي
score-missing-no-direction = لا الأعلى أفضل ولا الأدنى
score-missing-status = حالة القيمة لا تسمح باحتساب درجة
score-missing-other-definition = قيست وفق تعريف آخر
score-missing-out-of-range = لا يمكن وجود قيمة كهذه
score-missing-not-finite = الدرجة ليست عددًا محدودًا
score-missing-no-group = مجموعة النظراء غير معروفة
score-missing-series-break = القيمة السابقة وفق تعريف آخر
score-edition = إطار المؤشرات: { $edition }
composite-imputed = المعوَّض
composite-treated = المعالَج
composite-dropped = الحصة الناقصة
composite-score-lower = الدرجة من
composite-score-upper = الدرجة إلى
composite-rank-lower = الرتبة من
composite-rank-upper = الرتبة إلى
composite-group = المجموعة
score-proved = ثبتت النتيجة: { $count ->
    [zero] لا درجات للمطابقة
    [one] درجة واحدة مطابقة
    [two] درجتان مطابقتان
    [few] { $count } درجات مطابقة
    [many] { $count } درجة مطابقة
   *[other] { $count } درجة مطابقة
}، بتًّا ببت
score-record = سجل التدقيق في { $path }
world-made = { $areas ->
    [zero] لا إدارات
    [one] إدارة واحدة
    [two] إدارتان
    [few] { $areas } إدارات
    [many] { $areas } إدارة
   *[other] { $areas } إدارة
}، { $years ->
    [zero] لا سنوات
    [one] سنة واحدة
    [two] سنتان
    [few] { $years } سنوات
    [many] { $years } سنة
   *[other] { $years } سنة
}، { $observations ->
    [zero] لا مشاهدات
    [one] مشاهدة واحدة
    [two] مشاهدتان
    [few] { $observations } مشاهدات
    [many] { $observations } مشاهدة
   *[other] { $observations } مشاهدة
}
world-next = الخطوة التالية: mizan score { $path }
