package io.deltasync.run.fetch;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.SourceAdapterForLookup;
import io.deltasync.api.WindowPosition;
import io.deltasync.codec.ValueCodec;
import io.deltasync.link.Link;
import io.deltasync.run.plan.AnswerLimit;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;

/**
 * Finds a single record at the source of a Link, outside of runs. Not thread-safe.
 */
public final class SourceLookup {

	private final Link link;

	private final LinkContext context;

	private final AnswerLimit limit;

	/**
	 * Creates a lookup for one record.
	 * @param link the Link, whose source {@linkplain #isSupported can look up}
	 * @param context the Link with its last successful run
	 */
	public SourceLookup(Link link, LinkContext context) {
		this.link = link;
		this.context = context;
		this.limit = new AnswerLimit(link);
	}

	/**
	 * Whether the source of a Link can find a single record.
	 * @param link the Link
	 * @return true if its adapter implements the interface
	 */
	public static boolean isSupported(Link link) {
		return SourceAdapterForLookup.class.isAssignableFrom(link.sourceType());
	}

	/**
	 * Converts the texts of a key.
	 * @param texts the texts by the names of the key properties
	 * @return the values
	 * @throws IllegalArgumentException if a text is not a value of its property
	 * @throws AbortRunException if the source cannot be asked
	 */
	public Map<String, Object> parseKey(Map<String, String> texts) {
		return ask((source) -> source.parseKey(this.context, texts));
	}

	/**
	 * Fetches a record as a run does.
	 * @param key its key
	 * @return the record, or empty if the source has none with this key
	 * @throws AbortRunException if the source cannot be asked
	 */
	public Optional<RecordInFlight> find(Map<String, Object> key) {
		return ask((source) -> {
			ValueCodec codec = new ValueCodec(source);
			Object scope = codec.read(codec.writeChecked(source.lookupScope(this.context, key)));
			try (Fetch fetch = Fetch.of(source, this.context, scope)) {
				return fetch.hasNext() ? Optional.of(fetch.next()) : Optional.<RecordInFlight>empty();
			}
		});
	}

	/**
	 * Returns the position of a record relative to the next window.
	 * @param key its key
	 * @return the position; empty if there is no such record or the source cannot tell
	 * @throws AbortRunException if the source cannot be asked
	 */
	public Optional<WindowPosition> position(Map<String, Object> key) {
		return ask((source) -> Optional.ofNullable(source.windowPosition(this.context, key)));
	}

	/**
	 * Returns the scope that consists of a record, as it is stored with a run.
	 * @param key its key
	 * @return the scope as text
	 * @throws AbortRunException if the source cannot be asked
	 */
	public String scope(Map<String, Object> key) {
		return ask((source) -> new ValueCodec(source).writeChecked(source.lookupScope(this.context, key)));
	}

	/**
	 * Returns the names of the properties that identify a record.
	 * @return the names; empty if the source cannot tell
	 * @throws AbortRunException if the source cannot be asked
	 */
	public List<String> keyProperties() {
		return SourceAdapterForKeys.class.isAssignableFrom(this.link.sourceType())
				? this.<SourceAdapterForKeys, List<String>>use((source) -> source.keyProperties(this.context))
				: List.of();
	}

	private <T> T ask(Instances.Use<SourceAdapterForLookup, T> question) {
		return this.<SourceAdapterForLookup, T>use(question);
	}

	@SuppressWarnings("unchecked")
	private <S, T> T use(Instances.Use<S, T> question) {
		try {
			return this.limit
				.askSource(() -> new RunContext().call(() -> Instances.use((S) this.link.newSource(), question)));
		}
		catch (AbortRunException | IllegalArgumentException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new AbortRunException(Messages.of(ex), ex);
		}
	}

}
