-- The demo's source: 40,000 customers, the same on each machine, last changed in the course of 2024.
CREATE TABLE customer (
  id         BIGINT PRIMARY KEY,
  first_name VARCHAR(40)    NOT NULL,
  last_name  VARCHAR(40)    NOT NULL,
  email      VARCHAR(120)   NOT NULL,
  street     VARCHAR(80)    NOT NULL,
  city       VARCHAR(60)    NOT NULL,
  country    CHAR(2)        NOT NULL,
  revenue    DECIMAL(12, 2) NOT NULL,
  newsletter BOOLEAN        NOT NULL,
  updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

-- a delta reads along this index, and so costs what changed
CREATE INDEX customer_updated_at ON customer (updated_at);

INSERT INTO customer
WITH word(first_names, last_names, streets, cities, countries) AS (
  SELECT
    ARRAY['Amélie', 'Björn', 'Carla', 'Dmitri', 'Elif', 'Farid', 'Giulia', 'Hanna', 'Ismail', 'Jana', 'Kofi', 'Léa',
          'Mateusz', 'Nora', 'Oisín', 'Priya', 'Quentin', 'Rosa', 'Søren', 'Tomáš', 'Uma', 'Viktor', 'Wanjiru', 'Zoë'],
    ARRAY['Andersson', 'Bianchi', 'Chowdhury', 'Dubois', 'Eriksen', 'Fischer', 'García', 'Hughes', 'Ivanova', 'Jansen',
          'Kowalski', 'Lefèvre', 'Müller', 'Novák', 'O''Brien', 'Pereira', 'Rossi', 'Schmidt', 'Tanaka', 'Weber', 'Yılmaz'],
    ARRAY['Church Street', 'Hauptstraße', 'Rue de la Gare', 'Via Roma', 'Calle Mayor', 'Stationsplein', 'Storgata'],
    ARRAY['Amsterdam', 'Berlin', 'Bologna', 'Cork', 'Göteborg', 'Kraków', 'Lisboa', 'Madrid', 'Marseille', 'Oslo',
          'Praha', 'Wien', 'Zürich'],
    ARRAY['NL', 'DE', 'IT', 'IE', 'SE', 'PL', 'PT', 'ES', 'FR', 'NO', 'CZ', 'AT', 'CH']
)
SELECT
  x,
  first_names[1 + MOD(x * 7, 24)],
  last_names[1 + MOD(x * 11, 21)],
  LOWER(TRANSLATE(first_names[1 + MOD(x * 7, 24)], 'éöíáøšë', 'eoiaose')) || '.' || x || '@example.com',
  (1 + MOD(x * 31, 180)) || ' ' || streets[1 + MOD(x * 5, 7)],
  cities[1 + MOD(x * 3, 13)],
  countries[1 + MOD(x * 3, 13)],
  CAST(MOD(x * 7919, 1000000) AS DECIMAL(12, 2)) / 100,
  MOD(x, 3) = 0,
  TIMESTAMP WITH TIME ZONE '2024-01-01 00:00:00.123456+00:00' + x * INTERVAL '13' MINUTE
FROM (SELECT "X" AS x FROM SYSTEM_RANGE(1, 40000)), word;
