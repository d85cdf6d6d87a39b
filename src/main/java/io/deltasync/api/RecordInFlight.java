package io.deltasync.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * One record between source and target: its original properties, its working properties,
 * its errors and its outcome. Not thread-safe; a record belongs to one lane.
 * <p>
 * Properties are read and written by name, or by a path into nested maps and lists such
 * as {@code address.lines[0].text}. A property whose own name is the whole path comes
 * first. Values may be null; {@link #has} tells null from absent.
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
	 * Makes a record that is to be inserted or updated.
	 * @param originalProperties the properties as the source has them, from name to
	 * value, in order; the map then belongs to the record and must not be changed
	 */
	public RecordInFlight(Map<String, ? extends @Nullable Object> originalProperties) {
		this(originalProperties, Operation.UPSERT);
	}

	/**
	 * Makes a record.
	 * @param originalProperties the properties as the source has them, from name to
	 * value, in order; the map then belongs to the record and must not be changed
	 * @param operation what shall become of it at the target
	 */
	public RecordInFlight(Map<String, ? extends @Nullable Object> originalProperties, Operation operation) {
		this.originalProperties = Collections.unmodifiableMap(originalProperties);
		this.properties = this.originalProperties;
		this.operation = operation;
	}

	/**
	 * Names the properties that tell this record from all others, for messages and
	 * rejects.
	 * @param names names or paths of original properties; one list may be shared by many
	 * records. A record without any of their values has no key
	 * @return this record
	 */
	public RecordInFlight identifiedBy(List<String> names) {
		this.keyProperties = names;
		return this;
	}

	/**
	 * Tells what identifies this record to a person.
	 * @return the values named by {@link #identifiedBy}, joined by a comma, or null when
	 * none were named
	 */
	public @Nullable String key() {
		return this.keyProperties.isEmpty() ? null
				: this.keyProperties.stream()
					.map((name) -> String.valueOf(keyValue(name)))
					.collect(Collectors.joining(","));
	}

	/**
	 * Lists the names given to {@link #identifiedBy}.
	 * @return names of original properties; empty when none were named
	 */
	public List<String> keyProperties() {
		return this.keyProperties;
	}

	/**
	 * Lists what identifies this record: the original values named by
	 * {@link #identifiedBy}.
	 * @return the values; empty when none were named
	 */
	public List<@Nullable Object> keyValues() {
		List<@Nullable Object> values = new ArrayList<>(this.keyProperties.size());
		this.keyProperties.forEach((name) -> values.add(keyValue(name)));
		return values;
	}

	/** What has the form of a path may be a name, of a property that is not there. */
	private @Nullable Object keyValue(String name) {
		try {
			return getOriginal(name);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Returns what the target does with the record.
	 * @return the operation
	 */
	public Operation operation() {
		return this.operation;
	}

	/**
	 * Shows the properties as the source had them.
	 * @return an unmodifiable map
	 */
	public Map<String, @Nullable Object> originalProperties() {
		return this.originalProperties;
	}

	/**
	 * Reads an original property.
	 * @param path a name or a path
	 * @return its value; null when that is null, or when there is no such property
	 */
	public @Nullable Object getOriginal(String path) {
		return PropertyPath.get(this.originalProperties, path);
	}

	/**
	 * Shows the working properties: what filters and mapping made of the original ones,
	 * and what the target is to write.
	 * @return an unmodifiable view
	 */
	public Map<String, @Nullable Object> properties() {
		return Collections.unmodifiableMap(this.properties);
	}

	/**
	 * Reads a working property.
	 * @param path a name or a path
	 * @return its value; null when that is null, or when there is no such property
	 */
	public @Nullable Object get(String path) {
		return PropertyPath.get(this.properties, path);
	}

	/**
	 * Tells whether there is a working property.
	 * @param path a name or a path
	 * @return true when there is one, also when its value is null
	 */
	public boolean has(String path) {
		return PropertyPath.has(this.properties, path);
	}

	/**
	 * Writes a working property, making nested maps and lists where the path needs them.
	 * The original properties stay as they are.
	 * @param path a name or a path
	 * @param value the value; may be null
	 * @return this record
	 * @throws IllegalArgumentException when the path leads through a value that is
	 * neither map nor list, or past the end of a list by more than one
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
	 * Puts other working properties in the place of all there are.
	 * @param properties from name to value, in order; the map then belongs to the record
	 * and must not be changed
	 * @return this record
	 */
	public RecordInFlight replaceProperties(Map<String, @Nullable Object> properties) {
		this.properties = properties;
		this.copied = false;
		return this;
	}

	/**
	 * Remembers the working properties and all that the record is marked with.
	 * @return puts them back as they are now, as often as it is run; only what somebody
	 * changed inside a value, without {@link #set}, stays changed
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
	 * Asks for another try of this record, should it fail, once the run has delivered all
	 * others: for errors that other records may end, such as a parent that is not there
	 * yet, or a row that holds a unique value and will get another one.
	 * @return this record
	 */
	public RecordInFlight tryLast() {
		this.triedLast = true;
		return this;
	}

	/**
	 * Whether {@link #tryLast} was called.
	 * @return true if the record is tried again at the end of the run, should it fail
	 */
	public boolean isTriedLast() {
		return this.triedLast;
	}

	/**
	 * Marks the record as failed.
	 * @param message what is wrong, in words an operator understands; null is shown as
	 * the word
	 */
	public void addError(String message) {
		if (this.errors.isEmpty()) {
			this.errors = new ArrayList<>(1);
		}
		this.errors.add(String.valueOf(message));
	}

	/**
	 * Marks the record as failed.
	 * @param message what is wrong, in words an operator understands
	 * @param cause what was thrown; its message is added to the text
	 */
	public void addError(String message, Exception cause) {
		addError(withCause(message, cause));
	}

	/**
	 * Says something about the record that does not fail it.
	 * @param message what was found; null is shown as the word
	 */
	public void addWarning(String message) {
		if (this.warnings.isEmpty()) {
			this.warnings = new ArrayList<>(1);
		}
		this.warnings.add(String.valueOf(message));
	}

	/**
	 * Says something about the record that does not fail it.
	 * @param message what was found
	 * @param cause what was thrown; its message is added to the text
	 */
	public void addWarning(String message, Exception cause) {
		addWarning(withCause(message, cause));
	}

	/**
	 * Leaves the record out of the delivery, on purpose.
	 * @param reason why; records are counted by it, and null is counted as the word
	 */
	public void ignore(String reason) {
		this.ignoreReason = String.valueOf(reason);
	}

	/**
	 * Marks whether the record was delivered.
	 * @param success false fails the record, also without an error's text; true counts as
	 * delivered unless there are errors
	 */
	public void setSuccess(boolean success) {
		this.success = success;
	}

	/**
	 * Marks whether the target made something new of the record, rather than updating
	 * what was there.
	 * @param created true if it was created
	 */
	public void setCreated(boolean created) {
		this.created = created;
	}

	/**
	 * Returns why the record has failed.
	 * @return the reasons in the order in which they were added; unmodifiable; empty if
	 * there are none
	 */
	public List<String> errors() {
		return Collections.unmodifiableList(this.errors);
	}

	/**
	 * Returns what was warned of about the record.
	 * @return the warnings in the order in which they were added; unmodifiable; empty if
	 * there are none
	 */
	public List<String> warnings() {
		return Collections.unmodifiableList(this.warnings);
	}

	/**
	 * Tells why the record is left out.
	 * @return the reason, or null when it is not left out
	 */
	public @Nullable String ignoreReason() {
		return this.ignoreReason;
	}

	/**
	 * Whether the record is left out.
	 * @return true if it has a reason to be ignored
	 */
	public boolean isIgnored() {
		return this.ignoreReason != null;
	}

	/**
	 * Whether the record has failed.
	 * @return true if it has errors, or the target marked it as not successful
	 */
	public boolean isFailed() {
		return !this.errors.isEmpty() || Boolean.FALSE.equals(this.success);
	}

	/**
	 * Whether the target created something for the record instead of updating what was
	 * there.
	 * @return true if it was created
	 */
	public boolean isCreated() {
		return this.created;
	}

	/**
	 * Shows the key and the names of the properties, but no values: they may be nobody's
	 * business in a log.
	 */
	@Override
	public String toString() {
		return "RecordInFlight[key=%s, properties=%s]".formatted(key(), this.properties.keySet());
	}

	private static String withCause(String message, Exception cause) {
		return message + ": " + ((cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName());
	}

}
