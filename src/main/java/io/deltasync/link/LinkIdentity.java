package io.deltasync.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.deltasync.codec.ValueDigest;
import io.deltasync.config.ConfiguredValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The data that a Link reads and writes, and how it finds records and changes. A window
 * is valid only while its Link's identity stays the same. Immutable.
 *
 * @param source the data that is read
 * @param target the data that is written
 * @param sourceKey the key at the source, as configured; empty for the adapter's default
 * @param targetKey the key at the target, as configured; empty for the adapter's default
 * @param deltaColumn the delta column; empty if none is configured
 * @param shape a digest of mapping and filters; empty if there are none
 * @param properties a digest of the names of the properties that the target receives;
 * empty if they are not known
 */
public record LinkIdentity(String source, String target, String sourceKey, String targetKey, String deltaColumn,
		String shape, String properties) {

	/** The limit that keeps the JSON below the 2,500 characters of a job parameter. */
	private static final int MAX_PLACE = 300;

	private static final int MAX_NAMES = 150;

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/**
	 * Creates an identity. Texts that are too long to be stored are truncated and end
	 * with a digest of the whole text.
	 */
	public LinkIdentity {
		source = cut(source, MAX_PLACE);
		target = cut(target, MAX_PLACE);
		sourceKey = cut(sourceKey, MAX_NAMES);
		targetKey = cut(targetKey, MAX_NAMES);
		deltaColumn = cut(deltaColumn, MAX_NAMES);
		shape = cut(shape, MAX_NAMES);
		properties = cut(properties, MAX_NAMES);
	}

	/**
	 * Creates an identity with unknown properties.
	 * @param source the data that is read
	 * @param target the data that is written
	 * @param sourceKey the key at the source, as configured
	 * @param targetKey the key at the target, as configured
	 * @param deltaColumn the delta column
	 * @param shape a digest of mapping and filters
	 */
	public LinkIdentity(String source, String target, String sourceKey, String targetKey, String deltaColumn,
			String shape) {
		this(source, target, sourceKey, targetKey, deltaColumn, shape, "");
	}

	private static String cut(@Nullable String text, int limit) {
		String plain = (text != null) ? text.replaceAll("\\p{Cntrl}", "?") : "";
		return (plain.length() <= limit) ? plain
				: plain.substring(0, limit - 66) + "… " + ConfiguredValues.digest(Map.of("", plain));
	}

	/**
	 * Returns the changes that make a window invalid.
	 * @param before an earlier identity
	 * @return a clause for each change; empty if the data is the same
	 */
	public List<String> changesSince(LinkIdentity before) {
		List<String> changes = new ArrayList<>();
		addChange(changes, "the source is %s and was %s", this.source, before.source);
		addChange(changes, "the target is %s and was %s", this.target, before.target);
		addChange(changes, "the source's key is %s and was %s", this.sourceKey, before.sourceKey);
		addChange(changes, "the target's key is %s and was %s", this.targetKey, before.targetKey);
		addChange(changes, "the delta column is %s and was %s", this.deltaColumn, before.deltaColumn);
		return changes;
	}

	private static void addChange(List<String> changes, String sentence, String now, String before) {
		if (!now.equals(before)) {
			changes.add(sentence.formatted(quoted(now), quoted(before)));
		}
	}

	private static String quoted(String text) {
		return text.isEmpty() ? "not configured" : "'" + text + "'";
	}

	/**
	 * Returns this identity with the shape and the properties of the last full run.
	 * @param full an identity with the shape and the properties of the last full run
	 * @return the copy; it keeps the present properties if those of the full run are not
	 * known
	 */
	public LinkIdentity deliveredAs(LinkIdentity full) {
		return new LinkIdentity(this.source, this.target, this.sourceKey, this.targetKey, this.deltaColumn, full.shape,
				full.properties.isEmpty() ? this.properties : full.properties);
	}

	/**
	 * Returns this identity with the given properties.
	 * @param names the names that the target receives, in any order; empty if they are
	 * not known
	 * @return the copy
	 */
	public LinkIdentity withProperties(List<String> names) {
		String digest = names.isEmpty() ? ""
				: ConfiguredValues.digest(names.stream().collect(Collectors.toMap((name) -> name, (name) -> "")));
		return new LinkIdentity(this.source, this.target, this.sourceKey, this.targetKey, this.deltaColumn, this.shape,
				digest);
	}

	/**
	 * Reads an identity.
	 * @param json the result of {@link #toJson()}, possibly of another version
	 * @return the identity
	 */
	public static LinkIdentity fromJson(String json) {
		return JSON.readValue(json, LinkIdentity.class);
	}

	/**
	 * Returns the stored form.
	 * @return JSON of less than 2,500 characters
	 */
	public String toJson() {
		return JSON.writeValueAsString(this);
	}

	/**
	 * Returns a digest of the target and the keys. Entries of the delivery index are
	 * valid only for the same target and keys.
	 * @return the digest
	 */
	public String targetId() {
		return Objects.requireNonNull(ValueDigest.ofContents()
			.of(Map.of("target", this.target, "key", this.targetKey, "sourceKey", this.sourceKey)));
	}

}
