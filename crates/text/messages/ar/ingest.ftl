## سير العمل والخلاصة

ingest-reading = قراءة { $file }
ingest-rate = صفوف في الثانية: { $rate }، الوقت المتبقي: { $left }
ingest-file = { $file }: { $read ->
    [zero] لم يُقرأ أي صف
    [one] قُرئ صف واحد
    [two] قُرئ صفان
    [few] قُرئت { $read } صفوف
    [many] قُرئ { $read } صفًا
   *[other] قُرئ { $read } صف
}، المقبول: { $taken }، في الحجر: { $quarantined }
ingest-summary = { $rows ->
    [zero] لم يُقبل أي صف
    [one] قُبل صف واحد
    [two] قُبل صفان
    [few] قُبلت { $rows } صفوف
    [many] قُبل { $rows } صفًا
   *[other] قُبل { $rows } صف
} · { $quarantined ->
    [zero] لا صفوف في الحجر
    [one] صف واحد في الحجر
    [two] صفان في الحجر
    [few] { $quarantined } صفوف في الحجر
    [many] { $quarantined } صفًا في الحجر
   *[other] { $quarantined } صف في الحجر
}
ingest-unchanged = { $file }: لم يتغير منذ المرة السابقة، وقد تُخُطّي
ingest-mapping = تملأ المطابقة { $mapping } العقد { $contract }
ingest-nothing = لا شيء للتحميل: لم يتغير أي ملف
ingest-retry = { $rows ->
    [zero] لم يخرج أي صف من الحجر
    [one] خرج صف واحد من الحجر
    [two] خرج صفان من الحجر
    [few] خرجت { $rows } صفوف من الحجر
    [many] خرج { $rows } صفًا من الحجر
   *[other] خرج { $rows } صف من الحجر
} · { $left ->
    [zero] لم يبق فيه أي صف
    [one] بقي فيه صف واحد
    [two] بقي فيه صفان
    [few] بقيت فيه { $left } صفوف
    [many] بقي فيه { $left } صفًا
   *[other] بقي فيه { $left } صف
}
ingest-retry-nothing = الحجر فارغ: لا شيء يُعاد
ingest-quarantine-where = الصفوف الموجودة في الحجر، ومع كل منها سببه: { $path }
derive-progress = اشتقاق حقول من سجلات أخرى
derive-summary = { $fields ->
    [zero] لم يُشتق أي حقل
    [one] اشتُق حقل واحد
    [two] اشتُق حقلان
    [few] اشتُقت { $fields } حقول
    [many] اشتُق { $fields } حقلًا
   *[other] اشتُق { $fields } حقل
} في { $rows ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفين
    [few] { $rows } صفوف
    [many] { $rows } صفًا
   *[other] { $rows } صف
}
ingest-column-unused = العمود { $column } بلا مطابقة، ولذلك يُتجاهل
ingest-code-unmapped = الرمز { $code } في { $field } بلا مقابل ({ $rows ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفان
    [few] { $rows } صفوف
    [many] { $rows } صفًا
   *[other] { $rows } صف
})

## ملفات تتعذر قراءتها

ingest-error-truncated = ينقطع { $file } في منتصف السطر { $line }؛ أعد جلب الملف
ingest-error-empty = الملف { $file } فارغ
ingest-error-binary = الملف { $file } ليس ملفًا نصيًا؛ المتوقع CSV أو XLSX أو Parquet
ingest-error-encoding = { $file }، السطر { $line }: هذه البايتات ليست بترميز { $encoding }؛ حدّد `encoding` في المطابقة
ingest-error-line-too-long = { $file }، السطر { $line }: أطول من { $limit }؛ هل الفاصل وعلامة الاقتباس صحيحان؟
ingest-error-no-columns = { $file }: لا يوجد في الترويسة أي عمود من أعمدة المطابقة؛ هل هذه هي المطابقة الصحيحة؟
ingest-error-missing-column = { $file }: العمود { $column } من المطابقة غير موجود في الترويسة
ingest-error-sheet = لا توجد في { $file } ورقة باسم { $sheet }
ingest-error-not-found = الملف { $file } غير موجود
ingest-error-unreadable = تتعذر قراءة { $file }
ingest-error-disk-full = لا مساحة على القرص لكتابة { $path }
ingest-error-unchanged = بقيت السجلات كما كانت: لم يتغير شيء

## أسباب الحجر

quarantine-missing-required = حقل إلزامي فارغ
quarantine-not-a-number = ليس عددًا
quarantine-not-a-date = ليس تاريخًا أو وقتًا بالصيغة المحددة
quarantine-not-a-bool = ليس صوابًا ولا خطأ
quarantine-code-not-in-list = الرمز غير موجود في القائمة
quarantine-duplicate-key = لصف آخر المفتاح نفسه
quarantine-too-many-columns = أعمدة أكثر مما في الترويسة
quarantine-too-few-columns = أعمدة أقل مما في الترويسة
quarantine-check-failed = أخفق أحد فحوص الصف
quarantine-overflow = العدد أكبر مما يتسع له الحقل
quarantine-currency = عملة غير معروفة أو بلا سعر صرف
quarantine-stop-before-start = النهاية قبل البداية

## الجاهزية

ready-title = ما يمكن قياسه من هذه المصادر
ready-now = يمكن قياسه الآن
ready-field-missing = ينقصه حقل
ready-not-recorded = غير مسجل
ready-entered = يُدخله أشخاص
ready-coverage = التغطية { $coverage }
ready-summary = يمكن قياسها الآن: { $now } · ينقصها حقل: { $missing } · غير مسجلة: { $absent }
ready-unlock-title = الحقول التي تتيح أكبر عدد من المؤشرات
ready-unlock = { $kpis ->
    [zero] الحقل { $field } لا يتيح أي مؤشر
    [one] الحقل { $field } يتيح مؤشرًا واحدًا
    [two] الحقل { $field } يتيح مؤشرين
    [few] الحقل { $field } يتيح { $kpis } مؤشرات
    [many] الحقل { $field } يتيح { $kpis } مؤشرًا
   *[other] الحقل { $field } يتيح { $kpis } مؤشر
}
ready-unlock-which = وهي { $kpis }
ready-letter-title = رسالة إلى وحدة تقنية المعلومات
ready-letter-opening = من أجل قياس أداء الجمارك ({ $area })، نرجو إضافة الحقول التالية إلى البيانات المستخرجة من نظام التخليص الجمركي.
ready-letter-item = { $field } ({ $contract }): { $meaning }
ready-letter-closing = تُستبدل البيانات الشخصية بأسماء مستعارة عند قراءة المستخرج، ولا يغادر أي سجل الإدارة.
