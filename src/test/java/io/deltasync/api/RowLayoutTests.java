package io.deltasync.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RowLayoutTests {

	private final RowLayout layout = new RowLayout(List.of("id", "name", "note"));

	@Test
	void rowIsLikeAnyOtherMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("id", 7);
		map.put("name", "a");
		map.put("note", null);

		Map<String, Object> row = this.layout.row(new Object[] { 7, "a", null });

		assertThat(row).isEqualTo(map).hasSameHashCodeAs(map).hasToString(map.toString());
		assertThat(row.keySet()).containsExactly("id", "name", "note");
		assertThat(row.values()).containsExactly(7, "a", null);
		assertThat(row.get("name")).isEqualTo("a");
		assertThat(row.get("other")).isNull();
		assertThat(row.containsKey("note")).isTrue();
		assertThat(row.containsKey("other")).isFalse();
		List<Object> passed = new ArrayList<>();
		row.forEach((name, value) -> passed.add(name + "=" + value));
		assertThat(passed).containsExactly("id=7", "name=a", "note=null");
	}

	@Test
	void rowCannotBeChanged() {
		Map<String, Object> row = this.layout.row(new Object[] { 7, "a", null });

		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> row.put("name", "b"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(row::clear);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> row.entrySet().iterator().next().setValue(8));
	}

	@Test
	void changeOfARecordLeavesItsRowAlone() {
		Map<String, Object> row = this.layout.row(new Object[] { 7, "a", null });
		RecordInFlight record = new RecordInFlight(row);
		Runnable restore = record.savepoint();

		record.set("name", "b").set("more.parts", 1);

		assertThat(record.properties().keySet()).containsExactly("id", "name", "note", "more");
		assertThat(record.get("name")).isEqualTo("b");
		assertThat(record.originalProperties()).isEqualTo(row);
		assertThat(row.get("name")).isEqualTo("a");
		restore.run();
		assertThat(record.properties()).isEqualTo(row);
	}

	@Test
	void valuesOfARowAreACopy() {
		Map<String, Object> row = this.layout.row(new Object[] { 7, "a", null });

		Object[] values = this.layout.values(row);
		assertThat(values).containsExactly(7, "a", null);
		values[0] = 8;

		assertThat(row.get("id")).isEqualTo(7);
	}

	@Test
	void unreadValuesAreConvertedOnceAndOnlyWhereTheyAreRead() {
		List<String> read = new ArrayList<>();
		Map<String, Object> row = this.layout.row(new Object[] { 7, unread("a", read), unread("b", read) });

		assertThat(this.layout.values(row)).extracting((value) -> value instanceof UnreadValue)
			.containsExactly(false, true, true);
		assertThat(new RecordInFlight(row).get("id")).isEqualTo(7);
		assertThat(row.containsKey("note")).isTrue();
		assertThat(read).isEmpty();
		assertThat(row.get("note")).isEqualTo("b");
		assertThat(row.get("note")).isEqualTo("b");
		assertThat(read).containsExactly("b");
		assertThat(this.layout.values(row)[1]).isInstanceOf(UnreadValue.class);
		assertThat(this.layout.values(row)[2]).isEqualTo("b");
		assertThat(row).isEqualTo(this.layout.row(new Object[] { 7, "a", "b" })).hasToString("{id=7, name=a, note=b}");
		List<Object> passed = new ArrayList<>();
		this.layout.row(new Object[] { unread("c", read), null, unread("d", read) })
			.forEach((name, value) -> passed.add(value));
		assertThat(passed).containsExactly("c", null, "d");
		assertThat(read).containsExactly("b", "a", "c", "d");
	}

	private static UnreadValue unread(String value, List<String> read) {
		return new UnreadValue() {

			@Override
			public Object read() {
				read.add(value);
				return value;
			}

			@Override
			public int size() {
				return value.length();
			}

		};
	}

	@Test
	void onlyRowsHaveALayout() {
		Map<String, Object> row = this.layout.row(new Object[] { 7, "a", null });

		assertThat(RowLayout.of(row)).isSameAs(this.layout);
		assertThat(this.layout.names()).containsExactly("id", "name", "note");
		assertThat(RowLayout.of(new RecordInFlight(row).properties())).isSameAs(this.layout);
		assertThat(RowLayout.of(new RecordInFlight(row).set("id", 8).properties())).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> new RowLayout(List.of("id", "name", "note")).values(row));
		assertThatIllegalArgumentException().isThrownBy(() -> this.layout.values(new LinkedHashMap<>(row)));
	}

	@Test
	void layoutRefusesWhatIsNoRow() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RowLayout(List.of("id", "id")))
			.withMessageContaining("'id'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.layout.row(new Object[2]))
			.withMessage("There are 2 values for 3 properties");
	}

}
