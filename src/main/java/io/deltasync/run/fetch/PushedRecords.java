package io.deltasync.run.fetch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForRawDataPush;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.inbox.PushedBody;
import io.deltasync.link.Link;
import io.deltasync.run.fetch.RefusedPushException.Reason;
import io.deltasync.run.retry.ConnectionFailures;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.UnavailableException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * The records that a source's adapter builds from the body of a request.
 */
public final class PushedRecords {

	/** The memory for the rows that are converted together while a body is checked. */
	private static final long SLICE = 1 << 20;

	private PushedRecords() {
	}

	/**
	 * Converts a body once, as a run will, so that the sender learns whether it can be
	 * delivered.
	 * @param link the Link
	 * @param body the body
	 * @return how many records it contains
	 * @throws RefusedPushException if it cannot be converted; the message says why
	 * @throws UnavailableException if the adapter needs a system that is not available
	 */
	public static long count(Link link, PushedBody body) {
		LinkContext context = LinkContext.builder()
			.linkName(link.name())
			.linkSourceName(link.source().table())
			.linkTargetName(link.target().table())
			.batchSizeLimit(link.batchSizeLimit())
			.build();
		try {
			return new RunContext().call(() -> Instances.<SourceAdapter, Long>use(link.newSource(), (adapter) -> {
				long records = 0;
				for (Iterator<RecordInFlight> built = of(adapter, context, body, SLICE); built.hasNext(); records++) {
					if (built.next() == null) {
						throw new IllegalArgumentException("the source adapter has built a record that is null");
					}
				}
				return records;
			}));
		}
		catch (RefusedPushException ex) {
			throw ex;
		}
		catch (Exception ex) {
			if (ConnectionFailures.isOutage(ex)) {
				throw new UnavailableException("Link '%s': the source is not available".formatted(link.name()), ex);
			}
			throw new RefusedPushException(Reason.CONTENT, Messages.of(ex));
		}
	}

	/** Returns the records of a body, which are built while they are consumed. */
	static Iterator<RecordInFlight> of(SourceAdapter adapter, LinkContext context, PushedBody body, long sliceBytes)
			throws Exception {
		MimeType type = type(body.contentType());
		if (adapter instanceof SourceAdapterForRowPush rows && JsonRows.isJson(type)) {
			return new RowFeed(rows, context, new JsonRows(body.bytes()), sliceBytes);
		}
		if (adapter instanceof SourceAdapterForRawDataPush raw) {
			return Objects
				.requireNonNull(raw.buildRecords(context, text(body, type)),
						"buildRecords returned null instead of a list")
				.iterator();
		}
		throw new RefusedPushException(Reason.TYPE,
				"The Content-Type is '%s', but this Link takes JSON: application/json for an object or an array of objects, application/x-ndjson for an object on each line"
					.formatted(body.contentType()));
	}

	private static MimeType type(String contentType) {
		try {
			return MimeTypeUtils.parseMimeType(contentType);
		}
		catch (InvalidMimeTypeException ex) {
			throw new RefusedPushException(Reason.TYPE, "The Content-Type '%s' is invalid".formatted(contentType));
		}
	}

	private static String text(PushedBody body, MimeType type) {
		Charset charset = Objects.requireNonNullElse(type.getCharset(), StandardCharsets.UTF_8);
		try {
			return charset.newDecoder().decode(ByteBuffer.wrap(body.bytes())).toString();
		}
		catch (CharacterCodingException ex) {
			throw new RefusedPushException(Reason.MALFORMED, "The body is not text in %s".formatted(charset.name()));
		}
	}

}
