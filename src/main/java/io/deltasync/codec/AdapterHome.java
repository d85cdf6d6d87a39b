package io.deltasync.codec;

import java.util.List;
import java.util.stream.Stream;

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

	/** The adapter's class and its superclasses. */
	private final List<Class<?>> adapters;

	AdapterHome(Class<?> adapter) {
		this.adapters = Stream.<Class<?>>iterate(adapter, (type) -> type != null && !isJdk(type), Class::getSuperclass)
			.toList();
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
		return this.adapters.stream()
			.map(AdapterHome::home)
			.filter(type.getName()::startsWith)
			.map((home) -> PREFIX + type.getName().substring(home.length()))
			// not a class with the same name in another package
			.filter((tag) -> find(tag) == type)
			.findFirst()
			.orElse(null);
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
		for (Class<?> adapter : this.adapters) {
			Class<?> found = find(tag.substring(PREFIX.length()), adapter);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private static @Nullable Class<?> find(String name, Class<?> adapter) {
		String home = home(adapter);
		if (home.isEmpty() && name.indexOf('.') >= 0) {
			// every package is below the unnamed package, so only that itself counts
			return null;
		}
		try {
			Class<?> type = Class.forName(home + name, false, adapter.getClassLoader());
			return (type.getClassLoader() == adapter.getClassLoader()) ? type : null;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	private static String home(Class<?> adapter) {
		return adapter.getPackageName().isEmpty() ? "" : adapter.getPackageName() + ".";
	}

}
