package io.deltasync.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A record between source and target: its original properties, its working properties,
 * its errors and its outcome. Not thread-safe; a record belongs to one lane.
 * <p>
 * Properties are accessed by name, or by a path into nested maps and lists such as
 * {@code address.lines[0].text}. A property whose name equals the whole path takes
 * precedence. Values may be null; {@link #has} distinguishes null from absent. Methods
 * that take a path throw an {@link IllegalArgumentException} if it is malformed.
 * <p>
 * Adapters and filters receive this class only, so it contains everything that they may
 * read or change in a record; {@link PropertyPath} implements the paths.
 */
public final class RecordInFlight {

	private final Map<String, @Nullable Object> originalProperties;

	private final Operation operation;

	private Map<String, @Nullable Object> properties;

	private boolean copied;

	private List<String> keyProperties = List.of();

	private List<String> errors = List.of();

	private List<String> warnings = List.of();

	private @Nullable String ignoreReason;

	private @Nullable Boolean success;

	private boolean created;

	private boolean triedLast;

	/**
	 * Creates a record to insert or update.
	 * @param originalProperties the properties as the source has them, from name to
	 * value, in order; the record keeps the map, which must not be changed afterwards
	 */
	public RecordInFlight(Map<String, ? extends @Nullable Object> originalProperties) {
		this(originalProperties, Operation.UPSERT);
	}

	/**
	 * Creates a record with the given operation.
	 * @param originalProperties the properties as the source has them, from name to
	 * value, in order; the record keeps the map, which must not be changed afterwards
	 * @param operation the change that the record makes at the target
	 */
	public RecordInFlight(Map<String, ? extends @Nullable Object> originalProperties, Operation operation) {
		this.originalProperties = unmodifiable(originalProperties);
		this.properties = this.originalProperties;
		this.operation = operation;
	}

	/**
	 * Sets the properties that identify this record, for messages and rejects.
	 * @param names names or paths of original properties; many records may share one
	 * list. A record in which all these values are missing has no key
	 * @return this record
	 */
	public RecordInFlight identifiedBy(List<String> names) {
		this.keyProperties = names;
		return this;
	}

	/**
	 * Returns the key of this record as a text for people.
	 * @return the values of the properties set by {@link #identifiedBy}, joined by
	 * commas, or null if none were set
	 */
	public @Nullable String key() {
		return this.keyProperties.isEmpty() ? null
				: this.keyProperties.stream()
					.map((name) -> String.valueOf(keyValue(name)))
					.collect(Collectors.joining(","));
	}

	/**
	 * Returns the names set by {@link #identifiedBy}.
	 * @return names or paths of original properties; empty if none were set
	 */
	public List<String> keyProperties() {
		return this.keyProperties;
	}

	/**
	 * Returns the original values of the properties set by {@link #identifiedBy}.
	 * @return the values, in the order of the names; empty if none were set
	 */
	public List<@Nullable Object> keyValues() {
		List<@Nullable Object> values = new ArrayList<>(this.keyProperties.size());
		this.keyProperties.forEach((name) -> values.add(keyValue(name)));
		return values;
	}

	/**
	 * Returns null for a malformed path: it may be the name of a property that is
	 * missing.
	 */
	private @Nullable Object keyValue(String name) {
		try {
			return getOriginal(name);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Returns the change that the record makes at the target.
	 * @return the operation
	 */
	public Operation operation() {
		return this.operation;
	}

	/**
	 * Returns the properties as the source has them.
	 * @return an unmodifiable map
	 */
	public Map<String, @Nullable Object> originalProperties() {
		return this.originalProperties;
	}

	/**
	 * Returns the value of an original property.
	 * @param path a name or a path
	 * @return the value; null if it is null or there is no such property
	 */
	public @Nullable Object getOriginal(String path) {
		return PropertyPath.get(this.originalProperties, path);
	}

	/**
	 * Returns the working properties: the original ones as changed by filters and
	 * mapping, which the target writes.
	 * @return an unmodifiable view
	 */
	public Map<String, @Nullable Object> properties() {
		return unmodifiable(this.properties);
	}

	private static Map<String, @Nullable Object> unmodifiable(Map<String, ? extends @Nullable Object> properties) {
		if (properties instanceof RowLayout.Row row) {
			// as it is already
			return row;
		}
		return Collections.unmodifiableMap(properties);
	}

	/**
	 * Returns the value of a working property.
	 * @param path a name or a path
	 * @return the value; null if it is null or there is no such property
	 */
	public @Nullable Object get(String path) {
		return PropertyPath.get(this.properties, path);
	}

	/**
	 * Whether a working property exists.
	 * @param path a name or a path
	 * @return true if it exists, even if its value is null
	 */
	public boolean has(String path) {
		return PropertyPath.has(this.properties, path);
	}

	/**
	 * Sets a working property, creating nested maps and lists where the path needs them.
	 * The original properties are not changed.
	 * @param path a name or a path
	 * @param value the value; may be null
	 * @return this record
	 * @throws IllegalArgumentException if the path is malformed, leads through a value
	 * that is neither a map nor a list, or more than one element past the end of a list
	 */
	public RecordInFlight set(String path, @Nullable Object value) {
		if (!this.copied) {
			this.properties = new LinkedHashMap<>(this.properties);
			this.copied = true;
		}
		PropertyPath.set(this.properties, path, value);
		return this;
	}

	/**
	 * Replaces all working properties.
	 * @param properties from name to value, in order; the record keeps the map, which
	 * must not be changed afterwards
	 * @return this record
	 */
	public RecordInFlight replaceProperties(Map<String, @Nullable Object> properties) {
		this.properties = properties;
		this.copied = false;
		return this;
	}

	/**
	 * Saves the working properties, errors, warnings and outcome of the record.
	 * @return an action that restores them, as often as it is run; changes made inside a
	 * value without {@link #set} are not undone
	 */
	public Runnable savepoint() {
		Map<String, @Nullable Object> propertiesThen = this.properties;
		// so that the next change makes a copy and leaves these alone
		this.copied = false;
		List<String> errorsThen = List.copyOf(this.errors);
		List<String> warningsThen = List.copyOf(this.warnings);
		String reasonThen = this.ignoreReason;
		Boolean successThen = this.success;
		boolean createdThen = this.created;
		boolean triedLastThen = this.triedLast;
		return () -> {
			replaceProperties(propertiesThen);
			this.errors = errorsThen.isEmpty() ? List.of() : new ArrayList<>(errorsThen);
			this.warnings = warningsThen.isEmpty() ? List.of() : new ArrayList<>(warningsThen);
			this.ignoreReason = reasonThen;
			this.success = successThen;
			this.created = createdThen;
			this.triedLast = triedLastThen;
		};
	}

	/**
	 * Requests another attempt at the end of the run if this record fails, after all
	 * other records were delivered. Useful for errors that other records may resolve,
	 * such as a missing parent, or a unique value still held by a row that will get
	 * another one.
	 * @return this record
	 */
	public RecordInFlight tryLast() {
		this.triedLast = true;
		return this;
	}

	/**
	 * Whether {@link #tryLast} was called.
	 * @return true if the record is retried at the end of the run if it fails
	 */
	public boolean isTriedLast() {
		return this.triedLast;
	}

	/**
	 * Marks the record as failed.
	 * @param message what is wrong, written for operators; null becomes the text "null"
	 */
	public void addError(String message) {
		if (this.errors.isEmpty()) {
			this.errors = new ArrayList<>(1);
		}
		this.errors.add(String.valueOf(message));
	}

	/**
	 * Marks the record as failed by an exception.
	 * @param message what is wrong, written for operators
	 * @param cause the exception, whose message is appended
	 */
	public void addError(String message, Exception cause) {
		addError(withCause(message, cause));
	}

	/**
	 * Adds a warning, which does not fail the record.
	 * @param message what was found; null becomes the text "null"
	 */
	public void addWarning(String message) {
		if (this.warnings.isEmpty()) {
			this.warnings = new ArrayList<>(1);
		}
		this.warnings.add(String.valueOf(message));
	}

	/**
	 * Adds a warning caused by an exception, which does not fail the record.
	 * @param message what was found
	 * @param cause the exception, whose message is appended
	 */
	public void addWarning(String message, Exception cause) {
		addWarning(withCause(message, cause));
	}

	/**
	 * Excludes the record from delivery on purpose.
	 * @param reason why; ignored records are counted by reason. Null becomes the text
	 * "null"
	 */
	public void ignore(String reason) {
		this.ignoreReason = String.valueOf(reason);
	}

	/**
	 * Sets whether the record was delivered.
	 * @param success false to fail the record, even without an error message; true to
	 * count it as delivered unless it has errors
	 */
	public void setSuccess(boolean success) {
		this.success = success;
	}

	/**
	 * Sets whether the target created a new record instead of updating an existing one.
	 * @param created true if it was created
	 */
	public void setCreated(boolean created) {
		this.created = created;
	}

	/**
	 * Returns the errors of the record.
	 * @return an unmodifiable view in the order in which they were added; empty if there
	 * are none
	 */
	public List<String> errors() {
		return Collections.unmodifiableList(this.errors);
	}

	/**
	 * Returns the warnings about the record.
	 * @return an unmodifiable view in the order in which they were added; empty if there
	 * are none
	 */
	public List<String> warnings() {
		return Collections.unmodifiableList(this.warnings);
	}

	/**
	 * Returns the reason why the record is ignored.
	 * @return the reason, or null if the record is not ignored
	 */
	public @Nullable String ignoreReason() {
		return this.ignoreReason;
	}

	/**
	 * Whether the record is ignored.
	 * @return true if {@link #ignore} was called
	 */
	public boolean isIgnored() {
		return this.ignoreReason != null;
	}

	/**
	 * Whether the record has failed.
	 * @return true if it has errors or was marked as not successful
	 */
	public boolean isFailed() {
		return !this.errors.isEmpty() || Boolean.FALSE.equals(this.success);
	}

	/**
	 * Whether the target created a new record instead of updating an existing one.
	 * @return true if it was created
	 */
	public boolean isCreated() {
		return this.created;
	}

	/**
	 * Returns the key and the names of the properties. Their values are left out, because
	 * they may be confidential.
	 */
	@Override
	public String toString() {
		return "RecordInFlight[key=%s, properties=%s]".formatted(key(), this.properties.keySet());
	}

	private static String withCause(String message, Exception cause) {
		return message + ": " + ((cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName());
	}

}
