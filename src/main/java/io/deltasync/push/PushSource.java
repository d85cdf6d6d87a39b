package io.deltasync.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.SourceAdapterForRowPush;
import org.jspecify.annotations.Nullable;

/**
 * Takes each pushed object as a record. Values have these classes: texts {@link String},
 * whole numbers {@link Long} or {@link java.math.BigInteger}, others
 * {@link java.math.BigDecimal}, and {@link Boolean}, {@link Map} and {@link List}.
 */
public final class PushSource
		implements SourceAdapterForRowPush, SourceAdapterForKeys, ConfigurableAdapter<PushOptions> {

	private List<String> key = List.of();

	private long rows;

	@Override
	public Class<PushOptions> optionsType() {
		return PushOptions.class;
	}

	@Override
	public void configure(PushOptions options) {
		this.key = options.key();
	}

	/** The data is where the Link takes it: no other Link reads the same. */
	@Override
	public String identity(LinkContext context) {
		return "push:" + context.linkName();
	}

	@Override
	public List<String> keyProperties(LinkContext context) {
		return this.key;
	}

	@Override
	public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows) {
		List<RecordInFlight> records = new ArrayList<>(rows.size());
		for (Map<String, @Nullable Object> row : rows) {
			this.rows++;
			RecordInFlight record = new RecordInFlight(row).identifiedBy(this.key);
			checkKey(record);
			records.add(record);
		}
		return records;
	}

	private void checkKey(RecordInFlight record) {
		List<@Nullable Object> values = record.keyValues();
		for (int i = 0; i < values.size(); i++) {
			Object value = values.get(i);
			if (value == null || value instanceof Map || value instanceof List) {
				throw new IllegalArgumentException(
						"Record %d has no value of '%s', which is in its key; give it a text, a number or true or false"
							.formatted(this.rows, this.key.get(i)));
			}
		}
	}

}
