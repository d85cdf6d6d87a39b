package io.deltasync.mapping;

import io.deltasync.api.PropertyPath;
import org.jspecify.annotations.Nullable;

/**
 * A property that a mapping names. Immutable.
 * 
 * @param source its name or path at the source, as configured
 * @param path its path at the source; null if the name is not a path
 * @param target its target if the source has a property with exactly this name
 * @param partTarget its target if it is nested in another property
 * @param conversion the conversion of its value, or null
 */
record MappedProperty(String source, @Nullable PropertyPath path, TargetName target, TargetName partTarget,
		@Nullable Conversion conversion) {

	/**
	 * Returns a property that keeps its name, even if the name looks like a path.
	 */
	static MappedProperty kept(String name, @Nullable Conversion conversion) {
		PropertyPath path = path(name);
		TargetName whole = TargetName.whole(name);
		return new MappedProperty(name, path, whole, (path != null) ? TargetName.of(path) : whole, conversion);
	}

	static MappedProperty renamed(String source, TargetName target, @Nullable Conversion conversion) {
		return new MappedProperty(source, path(source), target, target, conversion);
	}

	/** Returns the same property with its values hidden in messages. */
	MappedProperty withMask() {
		return (this.conversion == null) ? this
				: new MappedProperty(this.source, this.path, this.target, this.partTarget, this.conversion.withMask());
	}

	/** Returns a name as a path; null if it is not a path. */
	static @Nullable PropertyPath path(String name) {
		try {
			return TargetName.looksLikePath(name) ? PropertyPath.of(name) : null;
		}
		catch (IllegalArgumentException ex) {
			// the name looks like a path but is not one
			return null;
		}
	}

}
