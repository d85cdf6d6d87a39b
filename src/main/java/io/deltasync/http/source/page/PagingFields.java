package io.deltasync.http.source.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.deltasync.http.source.answer.AnswerField;
import io.deltasync.http.source.options.OptionProblems;
import io.deltasync.http.source.options.PagingOptions;
import org.jspecify.annotations.Nullable;

/**
 * Where answers say how they continue.
 *
 * @param next the link or token of the next page; may be null
 * @param more whether there is another page; may be null
 * @param total the number of records; may be null
 */
public record PagingFields(@Nullable AnswerField next, @Nullable AnswerField more, @Nullable AnswerField total) {

	/** Reads the places. */
	public static PagingFields of(String property, @Nullable PagingOptions paging, OptionProblems problems) {
		return (paging == null) ? new PagingFields(null, null, null)
				: new PagingFields(field(property + "paging.next", paging.next(), problems),
						field(property + "paging.more", paging.more(), problems),
						field(property + "paging.total", paging.total(), problems));
	}

	private static @Nullable AnswerField field(String property, @Nullable String text, OptionProblems problems) {
		return (text != null) ? problems.parse(property, () -> AnswerField.of(text)) : null;
	}

	/** Checks that all places are headers, because answers have nothing but records. */
	public void checkHeaders(String format, OptionProblems problems) {
		for (AnswerField field : all()) {
			if (field.header() == null) {
				String name = field.equals(this.next) ? "next" : field.equals(this.more) ? "more" : "total";
				problems.add("paging." + name,
						"is '%s', but answers in the format %s have no fields beside the records; give header:NAME"
							.formatted(field.path(), format));
			}
		}
	}

	/** Returns all places. */
	public List<AnswerField> all() {
		List<AnswerField> all = new ArrayList<>();
		for (AnswerField field : new AnswerField[] { this.next, this.more, this.total }) {
			if (field != null) {
				all.add(field);
			}
		}
		return all;
	}

	/** Returns the place of the number of records. */
	public AnswerField required() {
		return Objects.requireNonNull(this.total);
	}

}
