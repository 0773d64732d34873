//! Words that askers and authors use for the same thing.
//!
//! A question is rarely worded like the text that answers it: who asks for a list may need the section on
//! arrays. These groups are about software and learning from books, not about any one book; a related
//! word counts much less than the word itself.

/// Each line is a group; a word may be in several.
const GROUPS: &str = "\
    array list vector sequence\n\
    function method procedure routine\n\
    lambda closure anonymous\n\
    error failure fail exception fault\n\
    panic crash abort unwind\n\
    text string\n\
    convert conversion cast coerce coercion\n\
    console terminal print display show output\n\
    skip ignore\n\
    encode serialize serialization encoding\n\
    decode deserialize parse\n\
    delete remove erase pop discard\n\
    add insert append push\n\
    rename alias\n\
    import include\n\
    modify change mutate mutable update edit alter\n\
    immutable readonly constant frozen\n\
    begin start first initial\n\
    end finish terminate exit stop\n\
    exit leave break\n\
    map dictionary mapping hashmap\n\
    null none nil absent absence missing\n\
    concurrent concurrency parallel parallelism thread\n\
    fast speed performance efficient quick optimize optimization\n\
    duplicate copy clone\n\
    equal equality compare comparison\n\
    check verify validate validation\n\
    random randomness\n\
    log event trace\n\
    replace upgrade swap substitute\n\
    generic polymorphic parametric template\n\
    interface trait protocol\n\
    class struct structure record\n\
    destroy destructor destruct drop\n\
    free deallocate release dealloc\n\
    allocate allocation reserve\n\
    constructor construct initialize create instantiate\n\
    pointer reference address\n\
    location address position place\n\
    loop iterate iteration repeat repetition\n\
    condition conditional branch\n\
    test testing assert assertion\n\
    argument parameter\n\
    field member property\n\
    package crate library module dependency\n\
    integer number numeric\n\
    cost price fee gas\n\
    cheap save reduce optimize\n\
    safe safety sound soundness\n\
    size width length\n\
    omit elide elision implicit infer\n\
    order ordering reorder\n\
    documentation docs comment\n\
    install installation setup\n\
    config configuration configure setting option\n\
    build compile compilation\n\
    compute calculate computation calculation\n\
    run execute execution\n\
    bug defect mistake error\n\
    permission access authorization role\n\
    attack exploit vulnerability security\n\
    public pub visible visibility export expose\n\
    parent super ancestor\n\
    inside nested inner within\n\
    average mean\n\
    accuracy precision quality\n\
    train training learning fit\n\
    predict prediction inference\n\
    quantize quantization compress compression\n\
    picture image figure diagram\n\
    difference differ distinguish versus\n\
    limit restrict restriction constraint constrain bound\n\
    wait block await\n\
    share shared sharing\n\
    lock mutex\n\
    callback handler hook\n\
    foreign external extern\n\
    large big huge\n\
    small little tiny\n\
    retrieve fetch read load get access\n\
    write store save\n\
    send transmit pass\n\
    caller sender\n\
    pretend fake mock simulate\n\
    remaining rest other others\n\
    forget forgot miss missing exhaustive\n\
    never nothing none\n\
    several many multiple\n\
    combine merge join concatenate\n\
    split divide separate\n\
    pair tuple\n\
    branch case variant arm\n\
    guess estimate approximate\n\
    key identifier id\n\
    rule requirement\n\
    tool utility\n\
    example sample demonstration\n\
    define definition declare declaration\n\
    operator symbol\n\
    overload override\n\
    undefined invalid illegal\n\
    formula equation math\n\
    plugin extension addon\n\
    fold collapse hide\n\
    directory folder path\n\
    page chapter\n\
    reload refresh watch\n\
    derive compute\n\
    walk traverse iterate loop\n\
    keyword reserved identifier\n\
    danger dangerous unsafe risk\n\
    purpose reason motivation\n\
    benefit advantage\n\
    drawback disadvantage limitation\n";

/// Calls `emit` for every word that is related to `word`; `same` compares words by their stems.
pub(super) fn each(word: &str, same: &dyn Fn(&str, &str) -> bool, emit: &mut dyn FnMut(&'static str)) {
    for group in GROUPS.lines() {
        if group.split(' ').any(|member| same(member, word)) {
            group.split(' ').filter(|member| !same(member, word)).for_each(&mut *emit);
        }
    }
}
