package io.retcon.schemas.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens where donors run out. */
public enum Shortage {
    /** The intervention is refused. */
    @JsonProperty("fail")
    FAIL,
    /** Documents without one stay as they are; which ones do is drawn by the seed. */
    @JsonProperty("leave")
    LEAVE,
    /** The items that most documents match are left out, until the donors suffice. */
    @JsonProperty("drop-items")
    DROP_ITEMS;

    public boolean fails() {
        return this != LEAVE;
    }
}
