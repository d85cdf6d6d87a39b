package io.deltasync.delivered;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Makes digests of properties: the same for the same names, values and types, in whatever
 * order the properties stand. Not thread-safe.
 */
public final class ContentDigest {

	/** Values whose text, beside their type, is all there is to them. */
	private static final Set<Class<?>> PLAIN = Set.of(String.class, Boolean.class, Character.class, Byte.class,
			Short.class, Integer.class, Long.class, Float.class, Double.class, BigDecimal.class, BigInteger.class,
			UUID.class, URI.class);

	private final MessageDigest digest;

	public ContentDigest() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a digest.
	 * @param properties the properties; maps and lists among their values may be nested
	 * @return 64 characters, or null when there is a value that cannot be told from
	 * others by its text
	 */
	public @Nullable String of(Map<String, ? extends @Nullable Object> properties) {
		this.digest.reset();
		return add(properties) ? HexFormat.of().formatHex(this.digest.digest()) : null;
	}

	private boolean add(@Nullable Object value) {
		if (value == null) {
			part("null");
			return true;
		}
		if (value instanceof Map<?, ?> map) {
			return addMap(map);
		}
		if (value instanceof List<?> list) {
			part("list " + list.size());
			return list.stream().allMatch(this::add);
		}
		if (value instanceof byte[] bytes) {
			part("bytes");
			part(bytes);
			return true;
		}
		String text = text(value);
		if (text == null) {
			return false;
		}
		part(value.getClass().getName());
		part(text);
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
		part("map " + names.length);
		for (Object name : names) {
			part((String) name);
			if (!add(map.get(name))) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable String text(Object value) {
		Class<?> type = value.getClass();
		if (PLAIN.contains(type) || type.getPackageName().equals("java.time")) {
			return value.toString();
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof Date date) {
			// its text would depend on the zone of the JVM
			return date.getTime() + ((date instanceof Timestamp timestamp) ? " " + timestamp.getNanos() : "");
		}
		return null;
	}

	private void part(String text) {
		part(text.getBytes(StandardCharsets.UTF_8));
	}

	/** With the length first, or "a" and "bc" would be "ab" and "c". */
	private void part(byte[] bytes) {
		this.digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
		this.digest.update(bytes);
	}

}
