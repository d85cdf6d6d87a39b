package io.deltasync.api;

/**
 * A target that heeds what is to become of a record: {@link Operation#DELETE} and
 * {@link Operation#UPDATE} as well as {@link Operation#UPSERT}. What a Link deletes goes
 * to no other.
 */
public interface TargetAdapterForDeletes extends TargetAdapter {

}
