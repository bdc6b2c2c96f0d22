package io.retcon.schemas.item;

import static java.util.Comparator.comparing;

import io.retcon.schemas.record.ItemRef;

import java.util.Comparator;

/** The order in which items are listed wherever nothing else says one: by benchmark, then id. */
public final class ItemOrder {
    public static final Comparator<ItemRef> BY_NAME =
            comparing(ItemRef::getBenchmark).thenComparing(ItemRef::getId);

    private ItemOrder() {}
}
