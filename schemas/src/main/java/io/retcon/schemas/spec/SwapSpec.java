package io.retcon.schemas.spec;

/**
 * Another document takes the place of each matched one.
 *
 * @param choose unmatched (documents that match take the place of nothing) or matching (they
 *     replace documents that do not match)
 * @param pair length, or score (of the donors of the chosen length the one that scores lowest for
 *     the document's items)
 */
public record SwapSpec(DonorsSpec donors, String choose, String pair, Shortage shortage)
        implements TakingDonors {
    private static final String MATCHING = "matching";
    private static final String SCORE = "score";

    public SwapSpec {
        donors = donors == null ? DonorsSpec.NEXT : donors;
        choose = choose == null ? "unmatched" : choose;
        pair = pair == null ? "length" : pair;
        shortage = shortage == null ? Shortage.FAIL : shortage;
    }

    /** By length, of donors that match nothing, failing where they run out. */
    public static SwapSpec of(long from, long to) {
        return new SwapSpec(DonorsSpec.of(from, to), null, null, null);
    }

    public boolean promotes() {
        return choose.equals(MATCHING);
    }

    public boolean pairsByScore() {
        return pair.equals(SCORE);
    }

    @Override
    public SwapSpec with(DonorsSpec other) {
        return new SwapSpec(other, choose, pair, shortage);
    }
}
