package io.deltasync.codec;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * The types that scopes of an adapter's class may consist of, and their forms. Cached per
 * class, so that codecs are cheap to create. Thread-safe.
 */
final class StorableTypes {

	/** The prefix of a tag, the name of a type in a stored scope. */
	static final String TAG = "@";

	private static final ClassValue<StorableTypes> BY_ADAPTER = new ClassValue<>() {

		@Override
		protected StorableTypes computeValue(Class<?> adapter) {
			return new StorableTypes(adapter);
		}

	};

	private final Class<?> adapter;

	private final AdapterHome home;

	private final Map<Class<?>, Form> byClass = new ConcurrentHashMap<>();

	private final Map<String, Form> byTag = new ConcurrentHashMap<>();

	private StorableTypes(Class<?> adapter) {
		this.adapter = adapter;
		this.home = new AdapterHome(adapter);
		for (Form container : List.of(Containers.LIST, Containers.SET, Containers.MAP)) {
			this.byTag.put(Objects.requireNonNull(container.tag()), container);
		}
	}

	static StorableTypes of(Class<?> adapter) {
		return BY_ADAPTER.get(adapter);
	}

	/**
	 * Returns the form of a class.
	 * @param type the class of the values
	 * @return the form, always the same instance
	 * @throws IllegalArgumentException if scopes must not contain such values
	 */
	Form formOf(Class<?> type) {
		Form form = this.byClass.get(type);
		if (form == null) {
			form = makeForm(type);
			Form known = this.byClass.putIfAbsent(type, form);
			form = (known != null) ? known : form;
		}
		return form;
	}

	private Form makeForm(Class<?> type) {
		Form value = JdkValues.of(type);
		if (value != null) {
			return value;
		}
		if (type.isEnum()) {
			return ofEnum(type, this.home.tagOf(type));
		}
		if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
			return formOf(type.getSuperclass());
		}
		if (type.isArray()) {
			return Containers.ofArrays(type.componentType(), this);
		}
		String tag = this.home.tagOf(type);
		if (tag != null) {
			return ObjectForm.of(type, tag, this);
		}
		Form collection = Containers.of(type);
		if (collection == null) {
			throw new IllegalArgumentException(
					"%s is neither a value, list, set or map, nor a class of the adapter's ".formatted(type.getName())
							+ "own package and class loader");
		}
		return collection;
	}

	/**
	 * Constants are stored by name, also those with a body and thus a class of their own.
	 */
	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static Form ofEnum(Class<?> type, @Nullable String tag) {
		return new Form(tag, Form.TAGGED, (value, out) -> out.json().writeString(((Enum<?>) value).name()),
				(in) -> Enum.valueOf((Class<Enum>) type, in.string()));
	}

	/**
	 * Whether values of a type may be the adapter.
	 * @param type the type of a field
	 * @return true if the field can hold the adapter
	 */
	boolean isAdapter(Class<?> type) {
		return type.isAssignableFrom(this.adapter);
	}

	/**
	 * Returns the form of untagged values of a field.
	 * @param type the field's type
	 * @return the form, or null if the type does not determine it
	 */
	@Nullable Form declared(Class<?> type) {
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
		Form collection = AdapterHome.isJdk(type) ? Containers.of(type) : null;
		if (collection != null) {
			return collection;
		}
		boolean known = JdkValues.of(boxed) != null || boxed.isEnum() || boxed.isArray()
				|| (ObjectForm.isMade(boxed) && this.home.tagOf(boxed) != null);
		return known ? formOf(boxed) : null;
	}

	/**
	 * Returns the form of a tag.
	 * @param tag the tag, with its leading {@value #TAG}
	 * @return the form
	 * @throws IllegalArgumentException if the tag does not name a type that scopes may
	 * contain
	 */
	Form tagged(String tag) {
		Form form = this.byTag.get(tag);
		if (form == null) {
			form = makeTagged(tag);
			this.byTag.put(tag, form);
		}
		return form;
	}

	private Form makeTagged(String tag) {
		Form known = JdkValues.tagged(tag);
		if (known != null) {
			return known;
		}
		Class<?> type = this.home.find(tag);
		if (type == null) {
			throw new IllegalArgumentException(
					"'%s' names neither a known type nor a class of the adapter".formatted(tag));
		}
		return formOf(type);
	}

}
