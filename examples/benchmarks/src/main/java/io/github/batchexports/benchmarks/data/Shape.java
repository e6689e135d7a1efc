package io.github.batchexports.benchmarks.data;

/** What the exports of a page look like. */
public enum Shape {
    /** As in the API's own examples: one file, four to ten attributes. */
    SOURCE(1, 4, 10, false, false, false),
    /** Twenty files an export. */
    FILES(20, 4, 10, false, false, false),
    /** Forty attributes an export. */
    ATTRIBUTES(1, 40, 40, false, false, false),
    /** Members that no version of the API's page shows, nested too. */
    UNKNOWN(1, 4, 10, false, true, false),
    /** Names and links in other scripts than Latin, as UTF-8. */
    NONASCII(1, 4, 10, true, false, false),
    /** The same, with every character escaped that may be. */
    ESCAPED(1, 4, 10, true, false, true);

    final int files;
    final int fewestAttributes;
    final int mostAttributes;
    final boolean worldwide;
    final boolean unknownMembers;
    final boolean escapes;

    Shape(int files, int fewest, int most, boolean worldwide, boolean unknownMembers, boolean escapes) {
        this.files = files;
        this.fewestAttributes = fewest;
        this.mostAttributes = most;
        this.worldwide = worldwide;
        this.unknownMembers = unknownMembers;
        this.escapes = escapes;
    }
}
