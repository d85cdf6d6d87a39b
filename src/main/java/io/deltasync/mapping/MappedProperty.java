package io.deltasync.mapping;

import io.deltasync.api.PropertyPath;
import org.jspecify.annotations.Nullable;

/**
 * A property that a mapping names, on its way from source to target. Immutable.
 *
 * @param source its name or path at the source, as configured
 * @param path its path at the source; null when the name is none
 * @param target where it goes when the source has a property of just that name
 * @param partTarget where it goes when it is a part of another property
 * @param conversion what is made of its value; null for nothing
 */
record MappedProperty(String source, @Nullable PropertyPath path, TargetName target, TargetName partTarget,
		@Nullable Conversion conversion) {

	/**
	 * A property that goes by its name keeps it, also where the name looks like a path.
	 */
	static MappedProperty kept(String name, @Nullable Conversion conversion) {
		PropertyPath path = path(name);
		TargetName whole = TargetName.whole(name);
		return new MappedProperty(name, path, whole, (path != null) ? TargetName.of(path) : whole, conversion);
	}

	static MappedProperty renamed(String source, TargetName target, @Nullable Conversion conversion) {
		return new MappedProperty(source, path(source), target, target, conversion);
	}

	/** The same, without its values in messages. */
	MappedProperty withMask() {
		return (this.conversion == null) ? this
				: new MappedProperty(this.source, this.path, this.target, this.partTarget, this.conversion.withMask());
	}

	/** The path that a name is; null when it is none. */
	static @Nullable PropertyPath path(String name) {
		try {
			return TargetName.looksLikePath(name) ? PropertyPath.of(name) : null;
		}
		catch (IllegalArgumentException ex) {
			// a name may look like a path without being one
			return null;
		}
	}

}
