## سير العمل

demo-phase-generate = إنشاء الإدارة الافتراضية
demo-phase-ingest = تحميل ملفاتها
demo-made = { $declarations }، { $offices }، { $months }
demo-done = اكتمل في { $seconds }
demo-page = الصفحة: { $path }
demo-table = الجدول: { $path }
demo-node = العقدة: { $path }
demo-next = للاطلاع على المزيد: mizan show --node { $path }

## الصفحة

page-title = مؤشرات الأداء الجمركي
page-subtitle = { $area }، { $period }
page-lead = { $kpis ->
    [zero] لم يُقس أي مؤشر
    [one] قيس مؤشر واحد
    [two] قيس مؤشران
    [few] قيست { $kpis } مؤشرات
    [many] قيس { $kpis } مؤشرًا
   *[other] قيس { $kpis } مؤشر
} { $declarations ->
    [zero] دون أي بيان جمركي.
    [one] من بيان جمركي واحد.
    [two] من بيانين جمركيين.
    [few] من { $declarations } بيانات جمركية.
    [many] من { $declarations } بيانًا جمركيًا.
   *[other] من { $declarations } بيان جمركي.
}
page-synthetic = بيانات اصطناعية: لا تعود هذه الأرقام إلى أي إدارة حقيقية.
page-how-to-read = كيف تُقرأ هذه الصفحة
page-how-value = تظهر كل قيمة مع بسطها ومقامها ليتمكن أي شخص من التحقق من القسمة.
page-how-interval = تبين فترة الثقة مقدار ما يمكن أن تتغير به القيمة بفعل المصادفة وحدها: { $hits } من كل { $all } فترة من هذا النوع تحوي القيمة الحقيقية.
page-how-coverage = التغطية هي حصة السجلات التي توافرت فيها جميع الحقول التي يحتاج إليها التعريف.
page-how-missing = الشَّرطة تعني عدم وجود قيمة، والسبب مذكور بجانبها؛ وهي لا تعني الصفر أبدًا.
page-how-trend = يبين الخط الصغير أشهر الفترة؛ والانقطاع شهر بلا قيمة.
page-contents = المحتويات
page-legend = مفتاح الرموز
page-language = اللغة
page-skip = انتقل إلى المحتوى
page-trend = من { $first-value } في { $first-period } إلى { $last-value } في { $last-period }
page-trend-none = لا اتجاه: أقل من قيمتين
page-not-computable = غير قابلة للحساب هنا
page-not-computable-lead = ينقص السجلات حقل أو جدول تحتاج إليه هذه المؤشرات.
page-entered = مُدخلة لا مقيسة
page-entered-lead = يجيب أشخاص عن هذه المؤشرات، ولا يمكن استخراجها من أي سجل.
interval-range = من { $low } إلى { $high }
page-dimension-count = { $count ->
    [zero] لا مؤشرات في هذا البُعد
    [one] مؤشر واحد في هذا البُعد
    [two] مؤشران في هذا البُعد
    [few] { $count } مؤشرات في هذا البُعد
    [many] { $count } مؤشرًا في هذا البُعد
   *[other] { $count } مؤشر في هذا البُعد
}
page-more-offices = { $offices ->
    [zero] ولا مكاتب أخرى
    [one] ومكتب جمركي آخر
    [two] ومكتبان جمركيان آخران
    [few] و{ $offices } مكاتب جمركية أخرى
    [many] و{ $offices } مكتبًا جمركيًا آخر
   *[other] و{ $offices } مكتب جمركي آخر
}
page-made-by = أُنتجت ببرنامج ميزان { $version }
page-framework = إطار المؤشرات { $framework }، الإصدار { $version }
page-run = التشغيل { $run }
page-downloads = الأرقام نفسها في ملفات
