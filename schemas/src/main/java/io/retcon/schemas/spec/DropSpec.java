package io.retcon.schemas.spec;

/** Each matched document is taken out, and donors fill its sequence up at the end. */
public record DropSpec(DonorsSpec donors, Shortage shortage) implements TakingDonors {
    public DropSpec {
        donors = donors == null ? DonorsSpec.NEXT : donors;
        shortage = shortage == null ? Shortage.FAIL : shortage;
    }

    @Override
    public DropSpec with(DonorsSpec other) {
        return new DropSpec(other, shortage);
    }
}
