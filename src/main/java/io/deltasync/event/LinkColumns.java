package io.deltasync.event;

import java.util.List;

import io.deltasync.api.ColumnDescription;
import org.jspecify.annotations.Nullable;

/**
 * The columns at both ends of a Link. Its components are its fields in JSON, which is
 * stored.
 *
 * @param source the columns that are read; null if they are not known
 * @param target the columns that are written; null if they are not known
 */
public record LinkColumns(@Nullable End source, @Nullable End target) {

	/** Nothing is known. */
	public static final LinkColumns UNKNOWN = new LinkColumns(null, null);

	/**
	 * The columns at one end.
	 *
	 * @param place the identity of the source or target: the columns of different ones
	 * are not compared
	 * @param columns its columns in order
	 */
	public record End(String place, List<ColumnDescription> columns) {

	}

}
