package io.retcon.schemas.spec;

/** An operation whose documents' places are taken by donors. */
public sealed interface TakingDonors extends OperationSpec permits SwapSpec, DropSpec {
    DonorsSpec donors();

    /** What happens where donors run out. */
    Shortage shortage();

    /** The same with other donors. */
    TakingDonors with(DonorsSpec donors);
}
