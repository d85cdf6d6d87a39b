package io.deltasync.codec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The classes that belong to an adapter, and their names in stored scopes. A class
 * belongs to the adapter if it has the same class loader and lies in or below the
 * adapter's package. Packages of the adapter's superclasses count too, except those of
 * the JDK. Names are relative to that package, <code>@.MyAdapter$MyScope</code>, so a
 * stored text cannot even name a class that does not belong to the adapter.
 */
final class AdapterHome {

	private static final String PREFIX = StorableTypes.TAG + ".";

	private final List<Place> places;

	AdapterHome(Class<?> adapter) {
		Set<Place> found = new LinkedHashSet<>();
		for (Class<?> type = adapter; type != null && !isJdk(type); type = type.getSuperclass()) {
			found.add(new Place(type.getPackageName(), type.getClassLoader()));
		}
		this.places = List.copyOf(found);
	}

	static boolean isJdk(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader == ClassLoader.getPlatformClassLoader();
	}

	/**
	 * Returns the tag of a class.
	 * @param type the class
	 * @return the tag, or null if the class does not belong to the adapter
	 */
	@Nullable String tagOf(Class<?> type) {
		for (Place place : this.places) {
			if (place.holds(type)) {
				String tag = PREFIX + type.getName().substring(place.prefix().length());
				// a class with the same name in an earlier place would be found instead
				return (find(tag) == type) ? tag : null;
			}
		}
		return null;
	}

	/**
	 * Returns the class of a tag, without initialising it.
	 * @param tag the tag
	 * @return the class, or null if the adapter has no such class
	 */
	@Nullable Class<?> find(String tag) {
		if (!tag.startsWith(PREFIX)) {
			return null;
		}
		for (Place place : this.places) {
			Class<?> found = place.find(tag.substring(PREFIX.length()));
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private record Place(String packageName, ClassLoader loader) {

		String prefix() {
			return this.packageName.isEmpty() ? "" : this.packageName + ".";
		}

		boolean holds(Class<?> type) {
			// every package is below the unnamed package, so only that package itself
			// counts
			return type.getClassLoader() == this.loader && (type.getPackageName().equals(this.packageName)
					|| (!this.packageName.isEmpty() && type.getPackageName().startsWith(this.packageName + ".")));
		}

		@Nullable Class<?> find(String name) {
			if (this.packageName.isEmpty() && name.indexOf('.') >= 0) {
				return null;
			}
			try {
				Class<?> type = Class.forName(prefix() + name, false, this.loader);
				return holds(type) ? type : null;
			}
			catch (ClassNotFoundException | LinkageError ex) {
				return null;
			}
		}

	}

}
