package io.deltasync.http.json;

import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The records of a JSON document, in order: the elements of the array at a path, or the
 * object there, or those at many places. After the last record, {@link #field} returns
 * other fields. Keeps one record in memory. Confined to one thread, and to one pass.
 */
public final class JsonRecords implements RecordContent {

	private final JsonPath records;

	private final Collection<JsonPath> wanted;

	private final JsonParser parser;

	private final BoundedValues values;

	private final ParentValues parent;

	private final Map<JsonPath, Object> fields = new HashMap<>();

	private final Set<JsonPath> present = new HashSet<>();

	private JsonPath at = new JsonPath(List.of());

	/** Whether the document has begun. */
	private boolean started;

	private boolean found;

	/** In the array of records; otherwise before or after it. */
	private boolean inArray;

	/** At the start of a place of which each element or field leads to records. */
	private boolean fannedOut;

	private boolean onRecord;

	private boolean atEnd;

	/**
	 * Creates a reader.
	 * @param document the document, which is closed with the reader
	 * @param records where the records are
	 * @param wanted the paths of other fields that are kept, if their value is no object
	 * and no array
	 * @param maxRecordBytes the most bytes that a record may take
	 */
	public JsonRecords(InputStream document, JsonPath records, Collection<JsonPath> wanted, long maxRecordBytes) {
		this(document, records, ParentPaths.NONE, wanted, maxRecordBytes);
	}

	/**
	 * Creates a reader of records with properties of the element around them.
	 * @param document the document, which is closed with the reader
	 * @param records where the records are
	 * @param parent the properties of the element
	 * @param wanted the paths of other fields that are kept, if their value is no object
	 * and no array
	 * @param maxRecordBytes the most bytes that a record, and each of these properties,
	 * may take
	 */
	public JsonRecords(InputStream document, JsonPath records, ParentPaths parent, Collection<JsonPath> wanted,
			long maxRecordBytes) {
		this.records = records;
		this.wanted = wanted;
		this.parent = new ParentValues(parent, records);
		StreamReadConstraints constraints = StreamReadConstraints.builder()
			.maxStringLength((int) Math.min(maxRecordBytes, Integer.MAX_VALUE - 8))
			.build();
		JsonFactory factory = JsonFactory.builder().streamReadConstraints(constraints).build();
		this.parser = factory.createParser(ObjectReadContext.empty(), document);
		this.values = new BoundedValues(this.parser, maxRecordBytes);
	}

	/**
	 * Whether there are more records.
	 * @throws AnswerException if the document is not JSON, ends too early, has no records
	 * at the path, or has a record that is too long; the message is the predicate of a
	 * sentence about the document
	 */
	@Override
	public boolean hasNext() {
		if (!this.onRecord && !this.atEnd) {
			try {
				this.onRecord = advance();
			}
			catch (JacksonException ex) {
				throw failed(ex);
			}
			this.atEnd = !this.onRecord;
			if (this.atEnd && !this.found) {
				throw new AnswerException("has no field '%s'; correct 'records', or find out why the source left it out"
					.formatted(this.records));
			}
		}
		return this.onRecord;
	}

	@Override
	public @Nullable Object next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		this.onRecord = false;
		try {
			return this.parent.addTo(this.values.read());
		}
		catch (JacksonException ex) {
			throw failed(ex);
		}
	}

	@Override
	public @Nullable Object field(JsonPath path) {
		return this.fields.get(path);
	}

	@Override
	public boolean has(JsonPath path) {
		return this.present.contains(path);
	}

	/** Goes to the next record; returns false at the end of the document. */
	private boolean advance() {
		if (this.inArray) {
			if (this.parser.nextToken() != JsonToken.END_ARRAY) {
				return requireToken();
			}
			this.inArray = false;
			leave();
		}
		while (true) {
			JsonToken token = this.parser.nextToken();
			if (token == null) {
				if (!this.started) {
					throw new AnswerException("is empty");
				}
				return false;
			}
			if (token == JsonToken.PROPERTY_NAME) {
				this.at = this.at.child(this.parser.currentName());
			}
			else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
				// there are no groups, so no records either
				this.found |= this.fannedOut;
				leave();
			}
			else {
				if (isElement(token)) {
					this.at = this.at.child(JsonPath.ANY);
				}
				if (visit(token)) {
					return true;
				}
				continue;
			}
			this.fannedOut = false;
		}
	}

	/** Whether a value is an element of an array. */
	private boolean isElement(JsonToken token) {
		TokenStreamContext context = this.parser.streamReadContext();
		TokenStreamContext around = token.isStructStart() ? context.getParent() : context;
		return around != null && around.inArray();
	}

	private boolean requireToken() {
		if (this.parser.currentToken() == null) {
			throw new AnswerException("ends too early");
		}
		return true;
	}

	/** Looks at a value outside the records; returns true if it is a record. */
	private boolean visit(JsonToken token) {
		if (this.at.names().isEmpty() && this.started) {
			throw new AnswerException("has a second document after the first");
		}
		this.started = true;
		this.fannedOut = false;
		this.parent.enter(this.at);
		if (this.records.matches(this.at)) {
			this.found = true;
			if (token == JsonToken.START_ARRAY) {
				this.inArray = true;
				boolean more = this.parser.nextToken() != JsonToken.END_ARRAY;
				this.inArray = more && requireToken();
				if (!more) {
					leave();
				}
				return more;
			}
			if (token == JsonToken.VALUE_NULL && this.records.leadsToMany()) {
				leave();
				return false;
			}
			if (token != JsonToken.START_OBJECT) {
				throw new AnswerException("has %s at '%s', not an array and not an object; correct 'records'"
					.formatted((token == JsonToken.VALUE_NULL) ? "null" : "a single value", this.records));
			}
			leave();
			return true;
		}
		JsonPath property = this.parent.at(this.at);
		if (property != null) {
			this.parent.put(property, this.values.read());
			leave();
			return false;
		}
		boolean fansOut = this.records.fansOutAt(this.at);
		if ((token == JsonToken.START_OBJECT && leadsOn()) || (token == JsonToken.START_ARRAY && fansOut)) {
			this.fannedOut = fansOut;
			return false;
		}
		if (this.wanted.contains(this.at)) {
			this.present.add(this.at);
			if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
				this.fields.put(this.at, this.values.read());
			}
		}
		this.parser.skipChildren();
		leave();
		return false;
	}

	private boolean leadsOn() {
		return this.records.isBelow(this.at) || this.parent.isBelow(this.at)
				|| this.wanted.stream().anyMatch((path) -> path.isBelow(this.at));
	}

	private void leave() {
		List<String> names = this.at.names();
		if (!names.isEmpty()) {
			this.at = new JsonPath(names.subList(0, names.size() - 1));
		}
	}

	private static AnswerException failed(JacksonException ex) {
		return new AnswerException("is not JSON, or not all of it, at %s: %s".formatted(
				(ex.getLocation() != null) ? "byte " + ex.getLocation().getByteOffset() : "an unknown place",
				ex.getOriginalMessage()), ex);
	}

	@Override
	public void close() {
		this.parser.close();
	}

}
