package io.deltasync.codec;

import java.util.Collection;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterScopeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Converts scopes to text and back, with the adapter itself if it is a
 * {@link SourceAdapterScopeSerializer}, otherwise as JSON. Cheap to create. As
 * thread-safe as the adapter.
 * <p>
 * Texts, booleans, Integers, Doubles, lists, maps with text keys and values of the type
 * that their field declares are plain JSON. If JSON does not determine the type, a tag
 * precedes the value: <code>{"@long":5}</code>,
 * <code>{"@.MySource$MyScope":{"requestId":"a","offset":0}}</code>. The allowed types are
 * a fixed set of JDK types (numbers, {@code java.time}, UUID, URI, byte[]) and the
 * adapter's records, enums and plain classes: those with the same class loader that are
 * in or below the package of the adapter or of one of its superclasses. Other types are
 * neither written nor read, and their classes are never loaded.
 * <p>
 * Lists, sets and maps are mutable after reading and keep their order if they have one.
 * Objects are stored by field, without null fields. Stored texts therefore remain
 * readable as long as only nullable fields are added. Transient fields are not stored;
 * only a constructor without parameters can set them.
 */
public class ValueCodec {

	private static final String REMEDY = "let the adapter implement SourceAdapterScopeSerializer, or make the scope of "
			+ "texts, numbers, booleans, java.time, lists, maps, and records or plain classes beside the adapter";

	private static final String OWN_REMEDY = "fix serializeScope and deserializeScope of its "
			+ "SourceAdapterScopeSerializer, or the scope's equals";

	private static final String PROPERTIES_REMEDY = "let the adapter return properties that are texts, numbers, booleans, "
			+ "java.time, lists, maps, and records or plain classes beside the adapter";

	private final Class<?> adapter;

	private final @Nullable SourceAdapter instance;

	private final String remedy;

	private final @Nullable SourceAdapterScopeSerializer own;

	/**
	 * Creates a codec for scopes.
	 * @param adapter the adapter whose scopes are written and read
	 */
	public ValueCodec(SourceAdapter adapter) {
		this(adapter.getClass(), adapter,
				(adapter instanceof SourceAdapterScopeSerializer serializer) ? serializer : null,
				(adapter instanceof SourceAdapterScopeSerializer) ? OWN_REMEDY : REMEDY);
	}

	private ValueCodec(Class<?> adapter, @Nullable SourceAdapter instance, @Nullable SourceAdapterScopeSerializer own,
			String remedy) {
		this.adapter = adapter;
		this.instance = instance;
		this.own = own;
		this.remedy = remedy;
	}

	/**
	 * Creates a codec for the properties of records, which are JSON regardless of the
	 * form of the adapter's scopes. Objects of the adapter's inner classes are not read.
	 * @param adapter the class of the adapter whose records are written and read
	 * @return the codec
	 */
	public static ValueCodec ofProperties(Class<?> adapter) {
		return new ValueCodec(adapter, null, null, PROPERTIES_REMEDY);
	}

	/**
	 * Writes a scope.
	 * @param scope the scope
	 * @return its text
	 * @throws UnstorableScopeException if it cannot be written
	 */
	public String write(Object scope) {
		try {
			String text = (this.own != null) ? this.own.serializeScope(scope)
					: ValueWriter.text(scope, StorableTypes.of(this.adapter));
			if (text == null) {
				throw new IllegalArgumentException("serializeScope returned null");
			}
			if (text.indexOf('\0') >= 0) {
				throw new IllegalArgumentException(
						"serializeScope returned the character U+0000, which not every database can store");
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
	 * Writes a scope and checks that reading it restores it unchanged: equal if its class
	 * defines {@code equals}, otherwise with the same text. Scopes in JSON must satisfy
	 * both conditions, except records and collections. These are equal if their parts
	 * are, so the text is sufficient, even if parts do not define {@code equals}.
	 * @param scope the scope
	 * @return its text
	 * @throws UnstorableScopeException if it cannot be written, or would be different
	 * after reading
	 */
	public String writeChecked(Object scope) {
		String text = write(scope);
		try {
			Object back = read(text);
			boolean byEquals = (this.own != null || !isMadeOfParts(scope)) && definesEquals(scope.getClass());
			String again = (this.own != null && byEquals) ? text : write(back);
			if (!again.equals(text)) {
				throw unstorable(scope, new Problem("%s would come back as %s"
					.formatted(UnreadableScopeException.excerpt(text), UnreadableScopeException.excerpt(again))));
			}
			if (byEquals && !scope.equals(back)) {
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

	private static boolean definesEquals(Class<?> type) {
		try {
			return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Reads a scope.
	 * @param text the result of {@link #write}, possibly from another process
	 * @return the scope
	 * @throws UnreadableScopeException if it cannot be read
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
