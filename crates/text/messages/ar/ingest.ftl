## سير العمل والخلاصة

ingest-rate = صفوف في الثانية: { $rate }، الوقت المتبقي: { $left }
progress-left = الوقت المتبقي: { $left }
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
ingest-quarantine-example = مثلًا { $place }: { $value }

## ملفات تتعذر قراءتها

ingest-error-not-found = الملف { $file } غير موجود

## الجاهزية

ready-now = يمكن قياسه الآن
ready-field-missing = ينقصه حقل
ready-not-recorded = غير مسجل
ready-entered = يُدخله أشخاص
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
