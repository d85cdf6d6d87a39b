package io.deltasync.codec;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterScopeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes scopes as text and reads them back: by the adapter itself if it is a
 * {@link SourceAdapterScopeSerializer}, else as JSON. Costs next to nothing to make. As
 * thread-safe as the adapter.
 * <p>
 * Texts, booleans, Integers, Doubles, lists and maps with text keys are plain JSON, and
 * so is what a field declares. Where JSON does not tell the type, it stands before the
 * value: <code>{"@long":5}</code>,
 * <code>{"@.MySource$MyScope":{"requestId":"a","offset":0}}</code>. Types are those of a
 * fixed set of the JDK (numbers, {@code java.time}, UUID, URI, byte[]) and records, enums
 * and plain classes of the adapter: from the same class loader, and in or below the
 * package of the adapter or of one of its superclasses. Nothing else is written, read or
 * even looked for.
 * <p>
 * Lists, sets and maps come back mutable, and with the order they had if they had one.
 * Objects come back field by field; null fields are left out. So a text reads as long as
 * fields are only added that may be null.
 */
public class ValueCodec {

	private static final String REMEDY = "let the adapter implement SourceAdapterScopeSerializer, or make the scope of "
			+ "texts, numbers, booleans, java.time, lists, maps, and records or plain classes beside the adapter";

	private static final String OWN_REMEDY = "mend serializeScope and deserializeScope of its "
			+ "SourceAdapterScopeSerializer, or the scope's equals";

	private static final String PROPERTIES_REMEDY = "let the adapter give properties that are texts, numbers, booleans, "
			+ "java.time, lists, maps, and records or plain classes beside the adapter";

	private static final ClassValue<Boolean> DEFINES_EQUALS = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			try {
				return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
			}
			catch (NoSuchMethodException ex) {
				throw new IllegalStateException(ex);
			}
		}

	};

	private final Class<?> adapter;

	private final Supplier<SourceAdapter> instance;

	private final String remedy;

	private final @Nullable SourceAdapterScopeSerializer own;

	/**
	 * Makes a codec.
	 * @param adapter the adapter whose scopes are written and read
	 */
	public ValueCodec(SourceAdapter adapter) {
		this(adapter.getClass(), () -> adapter,
				(adapter instanceof SourceAdapterScopeSerializer serializer) ? serializer : null,
				(adapter instanceof SourceAdapterScopeSerializer) ? OWN_REMEDY : REMEDY);
	}

	private ValueCodec(Class<?> adapter, Supplier<SourceAdapter> instance, @Nullable SourceAdapterScopeSerializer own,
			String remedy) {
		this.adapter = adapter;
		this.instance = instance;
		this.own = own;
		this.remedy = remedy;
	}

	/**
	 * Makes a codec for the properties of records, which are JSON whatever the adapter's
	 * scopes are.
	 * @param adapter the class of the adapter whose records are written and read
	 * @param instance makes an instance of it, for values that are inner classes of it
	 * @return the codec
	 */
	public static ValueCodec ofProperties(Class<?> adapter, Supplier<SourceAdapter> instance) {
		return new ValueCodec(adapter, instance, null, PROPERTIES_REMEDY);
	}

	/**
	 * Writes a scope.
	 * @param scope the scope
	 * @return its text
	 * @throws UnstorableScopeException when it cannot be written
	 */
	public String write(Object scope) {
		try {
			String text = (this.own != null) ? this.own.serializeScope(scope)
					: ValueWriter.text(scope, StorableTypes.of(this.adapter));
			if (text == null) {
				throw new IllegalArgumentException("serializeScope returned null");
			}
			return text;
		}
		catch (AbortRunException ex) {
			throw ex;
		}
		catch (Exception | LinkageError | StackOverflowError ex) {
			throw unstorable(scope, Problem.of(ex));
		}
	}

	/**
	 * Writes a scope and makes sure that it can be read back unchanged: an object that
	 * defines {@code equals} must come back equal, any other with the same text. Of JSON
	 * both is asked, except of records and collections: those are equal when their parts
	 * are, which the text shows without asking parts that define no {@code equals}.
	 * @param scope the scope
	 * @return its text
	 * @throws UnstorableScopeException when it cannot be written, or would come back
	 * changed
	 */
	public String writeChecked(Object scope) {
		String text = write(scope);
		try {
			Object back = read(text);
			boolean byEquals = DEFINES_EQUALS.get(scope.getClass());
			String again = (this.own != null && byEquals) ? text : write(back);
			if (!again.equals(text)) {
				throw unstorable(scope, new Problem("%s would come back as %s"
					.formatted(UnreadableScopeException.excerpt(text), UnreadableScopeException.excerpt(again))));
			}
			if (byEquals && (this.own != null || !isMadeOfParts(scope)) && !scope.equals(back)) {
				throw unstorable(scope, new Problem(
						"what %s is read back as does not equal it".formatted(UnreadableScopeException.excerpt(text))));
			}
			return text;
		}
		catch (UnreadableScopeException ex) {
			throw unstorable(scope, Problem.of(ex));
		}
	}

	private static boolean isMadeOfParts(Object scope) {
		return scope instanceof Record || scope instanceof Collection || scope instanceof Map;
	}

	/**
	 * Reads a scope back.
	 * @param text what {@link #write} returned, perhaps in another process
	 * @return the scope
	 * @throws UnreadableScopeException when it cannot be read
	 */
	public Object read(String text) {
		try {
			Object scope = (this.own != null) ? this.own.deserializeScope(text)
					: ValueReader.read(text, StorableTypes.of(this.adapter), this.instance);
			if (scope == null) {
				throw new IllegalArgumentException("deserializeScope returned null");
			}
			return scope;
		}
		catch (AbortRunException ex) {
			throw ex;
		}
		catch (Exception | LinkageError | StackOverflowError ex) {
			throw new UnreadableScopeException(this.adapter, text, Problem.of(ex));
		}
	}

	private UnstorableScopeException unstorable(Object scope, Problem problem) {
		return new UnstorableScopeException(this.adapter, scope, problem, this.remedy);
	}

}
