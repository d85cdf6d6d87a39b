package io.deltasync.codec;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Creates digests of values: equal for equal values in every process, whatever its time
 * zone, and different for different values. Values without a canonical form have no
 * digest; their {@code toString()} is never used instead. Not thread-safe.
 * <p>
 * In keys, numbers are compared by value regardless of class (1, 1L and 1.00 are one
 * key), and points in time as instants regardless of class and offset. In contents,
 * classes and digits count as well. Texts, binaries, local dates and times, UUIDs, enums
 * and booleans never equal a value of another kind. Arrays count as lists.
 */
public final class ValueDigest {

	private final MessageDigest digest;

	private final boolean ofKeys;

	private ValueDigest(boolean ofKeys) {
		this.ofKeys = ofKeys;
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Creates an instance for comparing keys.
	 * @return a new instance
	 */
	public static ValueDigest ofKeys() {
		return new ValueDigest(true);
	}

	/**
	 * Creates an instance for comparing contents.
	 * @return a new instance
	 */
	public static ValueDigest ofContents() {
		return new ValueDigest(false);
	}

	/**
	 * Returns the digest of values.
	 * @param values the values in order; may contain null, and nested lists and maps
	 * @return 64 hexadecimal digits, or null if one of the values has no canonical form
	 */
	public @Nullable String of(List<? extends @Nullable Object> values) {
		this.digest.reset();
		for (Object value : values) {
			if (!add(value)) {
				return null;
			}
		}
		return HexFormat.of().formatHex(this.digest.digest());
	}

	/**
	 * Returns the digest of properties, regardless of their order.
	 * @param properties the properties; may contain null, and nested lists and maps
	 * @return 64 hexadecimal digits, or null if one of the values has no canonical form
	 */
	public @Nullable String of(Map<String, ? extends @Nullable Object> properties) {
		return of(List.of(properties));
	}

	/**
	 * Whether a value has a canonical form.
	 * @param value the value; may be null
	 * @return false if {@link #of} returns null for it
	 */
	public static boolean isSupported(@Nullable Object value) {
		return value == null || value instanceof String || value instanceof Long || value instanceof Integer
				|| ofKeys().of(Arrays.asList(value)) != null;
	}

	private boolean add(@Nullable Object value) {
		if (value == null) {
			part('-', "null");
			return true;
		}
		if (value instanceof byte[] bytes) {
			part('b', bytes);
			return true;
		}
		if (value instanceof Map<?, ?> map) {
			return addMap(map);
		}
		if (value instanceof List<?> list) {
			part('[', String.valueOf(list.size()));
			return list.stream().allMatch(this::add);
		}
		if (value.getClass().isArray()) {
			return addArray(value);
		}
		CanonicalValue canonical = CanonicalValue.of(value, this.ofKeys);
		if (canonical == null) {
			return false;
		}
		part(canonical.kind(), canonical.text());
		return true;
	}

	private boolean addArray(Object array) {
		int length = Array.getLength(array);
		part('[', String.valueOf(length));
		for (int i = 0; i < length; i++) {
			if (!add(Array.get(array, i))) {
				return false;
			}
		}
		return true;
	}

	private boolean addMap(Map<?, ?> map) {
		Object[] names = map.keySet().toArray();
		for (Object name : names) {
			if (!(name instanceof String)) {
				return false;
			}
		}
		Arrays.sort(names);
		part('{', String.valueOf(names.length));
		for (Object name : names) {
			part('"', (String) name);
			if (!add(map.get(name))) {
				return false;
			}
		}
		return true;
	}

	private void part(char kind, String text) {
		part(kind, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Adds a part preceded by its length, so that "a" and "bc" differ from "ab" and "c".
	 */
	private void part(char kind, byte[] bytes) {
		this.digest.update((bytes.length + String.valueOf(kind)).getBytes(StandardCharsets.US_ASCII));
		this.digest.update(bytes);
	}

}
