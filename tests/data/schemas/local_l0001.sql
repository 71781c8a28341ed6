CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)
-- end of statement
CREATE TABLE answer_file (
	message_id VARCHAR(36) NOT NULL, 
	name TEXT NOT NULL, 
	format TEXT NOT NULL, 
	size_bytes INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	added_at VARCHAR(32) NOT NULL, 
	added_by_id VARCHAR(36) NOT NULL, 
	added_by_name TEXT NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_answer_file PRIMARY KEY (message_id, name), 
	CONSTRAINT uq_answer_file_message_id_sha256 UNIQUE (message_id, sha256), 
	CONSTRAINT fk_answer_file_message_id FOREIGN KEY(message_id) REFERENCES message (id)
)
-- end of statement
CREATE TABLE audit (
	"row" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(36) NOT NULL, 
	station_id VARCHAR(4) NOT NULL, 
	chain VARCHAR(36) NOT NULL, 
	seq INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	kind TEXT NOT NULL, 
	by_id VARCHAR(36), 
	source TEXT, 
	subject TEXT, 
	subject_id VARCHAR(36), 
	detail TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	schema_version INTEGER NOT NULL, 
	CONSTRAINT uq_audit_chain_seq UNIQUE (chain, seq), 
	CONSTRAINT ck_audit_doer CHECK ((source IS NULL) = (by_id IS NOT NULL))
)
-- end of statement
CREATE TABLE audit_queued (
	only INTEGER NOT NULL, 
	"row" INTEGER NOT NULL, 
	CONSTRAINT pk_audit_queued PRIMARY KEY (only), 
	CONSTRAINT ck_audit_queued_only CHECK (only = 1)
)
-- end of statement
CREATE TABLE call_record (
	id VARCHAR(36) NOT NULL, 
	number TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	direction TEXT NOT NULL, 
	sip_call_id TEXT NOT NULL, 
	arrived_at VARCHAR(32) NOT NULL, 
	answered_at VARCHAR(32), 
	ended_at VARCHAR(32), 
	first_key_at VARCHAR(32), 
	hit_accepted_at VARCHAR(32), 
	end_cause TEXT, 
	end_status INTEGER, 
	dialled_line TEXT NOT NULL, 
	caller_number_raw TEXT NOT NULL, 
	caller_name TEXT NOT NULL, 
	phone TEXT, 
	phone_absence TEXT, 
	email TEXT, 
	email_absence TEXT, 
	surname TEXT, 
	given_name TEXT, 
	patronymic TEXT, 
	name_absence TEXT, 
	concerned TEXT, 
	content TEXT NOT NULL, 
	result TEXT, 
	used_entries JSON NOT NULL, 
	topic TEXT, 
	category TEXT, 
	message_id VARCHAR(36), 
	out_of_hours BOOLEAN NOT NULL, 
	operator_id VARCHAR(36) NOT NULL, 
	operator_name TEXT NOT NULL, 
	operator_role TEXT NOT NULL, 
	closed_by_id VARCHAR(36), 
	closed_by_name TEXT, 
	workplace TEXT NOT NULL, 
	created_at VARCHAR(32) NOT NULL, 
	saved_at VARCHAR(32), 
	way TEXT, 
	part_of TEXT, 
	handled_at VARCHAR(32), 
	queue TEXT, 
	transferred_by TEXT, 
	diverted_from TEXT, 
	schema_version INTEGER NOT NULL, 
	CONSTRAINT pk_call_record PRIMARY KEY (id), 
	CONSTRAINT uq_call_record_number UNIQUE (number), 
	CONSTRAINT uq_call_record_sip_call_id UNIQUE (sip_call_id), 
	CONSTRAINT ck_call_record_state CHECK (state IN ('draft', 'closed')), 
	CONSTRAINT ck_call_record_direction CHECK (direction IN ('incoming', 'outgoing')), 
	CONSTRAINT ck_call_record_phone CHECK ((phone IS NULL) = (phone_absence IS NOT NULL) AND (phone_absence IS NULL OR phone_absence IN ('not_asked', 'not_given', 'erased'))), 
	CONSTRAINT ck_call_record_email CHECK ((email IS NULL) = (email_absence IS NOT NULL) AND (email_absence IS NULL OR email_absence IN ('not_asked', 'not_given', 'erased'))), 
	CONSTRAINT ck_call_record_name CHECK ((surname IS NULL) = (name_absence IS NOT NULL) AND (name_absence IS NULL OR name_absence IN ('not_asked', 'not_given', 'erased')))
)
-- end of statement
CREATE TABLE call_recording (
	file TEXT NOT NULL, 
	sip_call_id TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_call_recording PRIMARY KEY (file)
)
-- end of statement
CREATE VIRTUAL TABLE call_words USING fts5(
    content, content='call_words_source', content_rowid='docid', detail=none, columnsize=0,
    tokenize='unicode61 remove_diacritics 0')
-- end of statement
CREATE TABLE central_mark (
	only INTEGER NOT NULL, 
	system_identifier TEXT NOT NULL, 
	timeline INTEGER NOT NULL, 
	succession_id VARCHAR(36), 
	CONSTRAINT pk_central_mark PRIMARY KEY (only), 
	CONSTRAINT ck_central_mark_only CHECK (only = 1)
)
-- end of statement
CREATE TABLE central_session (
	id VARCHAR(36) NOT NULL, 
	begun_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_central_session PRIMARY KEY (id)
)
-- end of statement
CREATE TABLE city_edit (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(36) NOT NULL, 
	change JSON NOT NULL, 
	reason TEXT NOT NULL, 
	document TEXT NOT NULL, 
	moved JSON NOT NULL, 
	by_id VARCHAR(36) NOT NULL, 
	by_name TEXT NOT NULL, 
	by_role TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	schema_version INTEGER NOT NULL, 
	CONSTRAINT uq_city_edit_id UNIQUE (id), 
	CONSTRAINT ck_city_edit_reason CHECK (trim(reason) <> '')
)
-- end of statement
CREATE TABLE city_order (
	edit_id VARCHAR(36) NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_city_order PRIMARY KEY (edit_id), 
	CONSTRAINT fk_city_order_edit_id FOREIGN KEY(edit_id) REFERENCES city_edit (id)
)
-- end of statement
CREATE TABLE counter (
	period VARCHAR(4) NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (period), 
	CONSTRAINT ck_counter_last CHECK (last > 0)
)
-- end of statement
CREATE TABLE erasure (
	entity TEXT NOT NULL, 
	entity_id VARCHAR(36) NOT NULL, 
	cause TEXT NOT NULL, 
	act_id VARCHAR(36), 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_erasure PRIMARY KEY (entity, entity_id), 
	CONSTRAINT ck_erasure_entity CHECK (entity IN ('call', 'message')), 
	CONSTRAINT ck_erasure_cause CHECK (cause IN ('request', 'term')), 
	CONSTRAINT ck_erasure_act CHECK ((cause = 'request') = (act_id IS NOT NULL))
)
-- end of statement
CREATE TABLE event_aside (
	id VARCHAR(36) NOT NULL, 
	message_id VARCHAR(36) NOT NULL, 
	seq INTEGER NOT NULL, 
	document JSON NOT NULL, 
	received_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_event_aside PRIMARY KEY (id)
)
-- end of statement
CREATE TABLE event_displaced (
	id VARCHAR(36) NOT NULL, 
	message_id VARCHAR(36) NOT NULL, 
	seq INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	by_event_id VARCHAR(36), 
	moved_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_event_displaced PRIMARY KEY (id), 
	CONSTRAINT fk_event_displaced_id FOREIGN KEY(id) REFERENCES message_event (id), 
	CONSTRAINT fk_event_displaced_by_event_id FOREIGN KEY(by_event_id) REFERENCES message_event (id) DEFERRABLE INITIALLY DEFERRED
)
-- end of statement
CREATE TABLE feed_aside (
	feed TEXT NOT NULL, 
	entity TEXT NOT NULL, 
	item_id TEXT NOT NULL, 
	program TEXT NOT NULL, 
	received_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_feed_aside PRIMARY KEY (feed, entity, item_id)
)
-- end of statement
CREATE TABLE feed_mark (
	feed TEXT NOT NULL, 
	mark TEXT NOT NULL, 
	CONSTRAINT pk_feed_mark PRIMARY KEY (feed)
)
-- end of statement
CREATE TABLE feed_read (
	only INTEGER NOT NULL, 
	read_at VARCHAR(32) NOT NULL, 
	held_since VARCHAR(32), 
	CONSTRAINT pk_feed_read PRIMARY KEY (only), 
	CONSTRAINT ck_feed_read_only CHECK (only = 1)
)
-- end of statement
CREATE TABLE handover_sheet (
	id VARCHAR(36) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	content JSON NOT NULL, 
	schema_version INTEGER NOT NULL, 
	CONSTRAINT pk_handover_sheet PRIMARY KEY (id)
)
-- end of statement
CREATE TABLE handover_signature (
	sheet_id VARCHAR(36) NOT NULL, 
	side TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	by_id VARCHAR(36) NOT NULL, 
	by_name TEXT NOT NULL, 
	CONSTRAINT pk_handover_signature PRIMARY KEY (sheet_id, side), 
	CONSTRAINT ck_handover_signature_side CHECK (side IN ('left', 'accepted')), 
	CONSTRAINT fk_handover_signature_sheet_id FOREIGN KEY(sheet_id) REFERENCES handover_sheet (id)
)
-- end of statement
CREATE TABLE incident_event (
	id VARCHAR(36) NOT NULL, 
	incident_id VARCHAR(36) NOT NULL, 
	act TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	street TEXT NOT NULL, 
	matter TEXT NOT NULL, 
	text TEXT NOT NULL, 
	call_id VARCHAR(36), 
	by_id VARCHAR(36) NOT NULL, 
	by_name TEXT NOT NULL, 
	by_role TEXT NOT NULL, 
	schema_version INTEGER NOT NULL, 
	CONSTRAINT pk_incident_event PRIMARY KEY (id), 
	CONSTRAINT ck_incident_event_act CHECK (act IN ('proposed', 'declared', 'edited', 'ended', 'call_linked')), 
	CONSTRAINT ck_incident_event_led CHECK (act IN ('proposed', 'call_linked') OR by_role = 'supervisor'), 
	CONSTRAINT ck_incident_event_call CHECK ((act = 'call_linked') = (call_id IS NOT NULL))
)
-- end of statement
CREATE TABLE kept_words (
	id VARCHAR(36) NOT NULL, 
	operator_id VARCHAR(36) NOT NULL, 
	form TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	part INTEGER NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	words JSON NOT NULL, 
	content BLOB, 
	CONSTRAINT pk_kept_words PRIMARY KEY (id), 
	CONSTRAINT uq_kept_words_operator_id_form_subject_part UNIQUE (operator_id, form, subject, part)
)
-- end of statement
CREATE TABLE known_call (
	id VARCHAR(36) NOT NULL, 
	number TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	topic TEXT, 
	category TEXT, 
	about TEXT NOT NULL, 
	received_at VARCHAR(32) NOT NULL, 
	surname TEXT, 
	given_name TEXT, 
	patronymic TEXT, 
	result TEXT, 
	handled_at VARCHAR(32), 
	answered_at VARCHAR(32), 
	is_missed BOOLEAN, 
	out_of_hours BOOLEAN, 
	CONSTRAINT pk_known_call PRIMARY KEY (id)
)
-- end of statement
CREATE TABLE known_message (
	id VARCHAR(36) NOT NULL, 
	number TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	topic TEXT, 
	category TEXT, 
	about TEXT NOT NULL, 
	received_at VARCHAR(32) NOT NULL, 
	surname TEXT, 
	given_name TEXT, 
	patronymic TEXT, 
	state TEXT NOT NULL, 
	unit TEXT, 
	CONSTRAINT pk_known_message PRIMARY KEY (id)
)
-- end of statement
CREATE TABLE message (
	id VARCHAR(36) NOT NULL, 
	number TEXT, 
	revision INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	call_id VARCHAR(36), 
	text TEXT NOT NULL, 
	topic TEXT, 
	category TEXT, 
	unit TEXT, 
	event_on DATE, 
	event_time TIME, 
	place TEXT NOT NULL, 
	publicity TEXT NOT NULL, 
	phone TEXT, 
	phone_absence TEXT, 
	email TEXT, 
	email_absence TEXT, 
	surname TEXT, 
	given_name TEXT, 
	patronymic TEXT, 
	name_absence TEXT, 
	operator_id VARCHAR(36) NOT NULL, 
	operator_name TEXT NOT NULL, 
	operator_role TEXT NOT NULL, 
	created_at VARCHAR(32) NOT NULL, 
	submitted_at VARCHAR(32), 
	registered_at VARCHAR(32), 
	platform_id TEXT, 
	platform_status TEXT, 
	answer_text TEXT, 
	schema_version INTEGER NOT NULL, 
	CONSTRAINT pk_message PRIMARY KEY (id), 
	CONSTRAINT uq_message_number UNIQUE (number), 
	CONSTRAINT ck_message_phone CHECK ((phone IS NULL) = (phone_absence IS NOT NULL) AND (phone_absence IS NULL OR phone_absence IN ('not_asked', 'not_given', 'erased'))), 
	CONSTRAINT ck_message_email CHECK ((email IS NULL) = (email_absence IS NOT NULL) AND (email_absence IS NULL OR email_absence IN ('not_asked', 'not_given', 'erased'))), 
	CONSTRAINT ck_message_name CHECK ((surname IS NULL) = (name_absence IS NOT NULL) AND (name_absence IS NULL OR name_absence IN ('not_asked', 'not_given', 'erased'))), 
	CONSTRAINT fk_message_call_id FOREIGN KEY(call_id) REFERENCES call_record (id)
)
-- end of statement
CREATE TABLE message_event (
	id VARCHAR(36) NOT NULL, 
	message_id VARCHAR(36) NOT NULL, 
	seq INTEGER NOT NULL, 
	step TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	source TEXT, 
	by_id VARCHAR(36), 
	by_name TEXT, 
	by_role TEXT, 
	facts JSON NOT NULL, 
	schema_version INTEGER NOT NULL, 
	CONSTRAINT pk_message_event PRIMARY KEY (id), 
	CONSTRAINT uq_message_event_message_id_seq UNIQUE (message_id, seq), 
	CONSTRAINT ck_message_event_doer CHECK ((source IS NULL) = (by_id IS NOT NULL)), 
	CONSTRAINT fk_message_event_message_id FOREIGN KEY(message_id) REFERENCES message (id)
)
-- end of statement
CREATE TABLE message_photo (
	id VARCHAR(36) NOT NULL, 
	message_id VARCHAR(36) NOT NULL, 
	position INTEGER NOT NULL, 
	file_name TEXT NOT NULL, 
	size_bytes INTEGER NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	verdict TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	format TEXT NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	orientation INTEGER NOT NULL, 
	pages INTEGER NOT NULL, 
	has_location BOOLEAN NOT NULL, 
	turned INTEGER DEFAULT 0 NOT NULL, 
	added_at VARCHAR(32) NOT NULL, 
	added_by_id VARCHAR(36) NOT NULL, 
	added_by_name TEXT NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_message_photo PRIMARY KEY (id), 
	CONSTRAINT uq_message_photo_message_id_position UNIQUE (message_id, position), 
	CONSTRAINT uq_message_photo_message_id_sha256 UNIQUE (message_id, sha256), 
	CONSTRAINT ck_message_photo_position CHECK (position BETWEEN 1 AND 4), 
	CONSTRAINT ck_message_photo_turned CHECK (turned BETWEEN 0 AND 3), 
	CONSTRAINT ck_message_photo_verdict CHECK (verdict IN ('accept', 'operator')), 
	CONSTRAINT fk_message_photo_message_id FOREIGN KEY(message_id) REFERENCES message (id)
)
-- end of statement
CREATE TABLE message_vote (
	message_id VARCHAR(36) NOT NULL, 
	kind TEXT NOT NULL, 
	voter TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_message_vote PRIMARY KEY (message_id, kind, voter), 
	CONSTRAINT ck_message_vote_kind CHECK (kind IN ('user', 'guest')), 
	CONSTRAINT fk_message_vote_message_id FOREIGN KEY(message_id) REFERENCES message (id)
)
-- end of statement
CREATE TABLE missed_handled (
	call_id VARCHAR(36) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	by_id VARCHAR(36), 
	by_name TEXT, 
	outcome TEXT NOT NULL, 
	elsewhere_id VARCHAR(36), 
	CONSTRAINT pk_missed_handled PRIMARY KEY (call_id), 
	CONSTRAINT fk_missed_handled_call_id FOREIGN KEY(call_id) REFERENCES call_record (id)
)
-- end of statement
CREATE TABLE missed_mark (
	id VARCHAR(36) NOT NULL, 
	call_station TEXT NOT NULL, 
	call_period TEXT NOT NULL, 
	call_id VARCHAR(36) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	by_id VARCHAR(36) NOT NULL, 
	by_name TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	schema_version INTEGER NOT NULL, 
	CONSTRAINT pk_missed_mark PRIMARY KEY (id), 
	CONSTRAINT uq_missed_mark_call_id UNIQUE (call_id)
)
-- end of statement
CREATE TABLE name_to_forget (
	salt TEXT NOT NULL, 
	letters INTEGER NOT NULL, 
	longest INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT pk_name_to_forget PRIMARY KEY (salt)
)
-- end of statement
CREATE TABLE notice (
	id VARCHAR(36) NOT NULL, 
	event_id VARCHAR(36) NOT NULL, 
	message_id VARCHAR(36) NOT NULL, 
	kind TEXT NOT NULL, 
	addressee TEXT NOT NULL, 
	recipient TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	email TEXT, 
	phone TEXT, 
	subject TEXT NOT NULL, 
	text TEXT NOT NULL, 
	html TEXT NOT NULL, 
	spoken TEXT NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	due_at VARCHAR(32) NOT NULL, 
	state TEXT NOT NULL, 
	tries INTEGER DEFAULT 0 NOT NULL, 
	doubtful INTEGER DEFAULT 0 NOT NULL, 
	next_try_at VARCHAR(32) NOT NULL, 
	header_id TEXT, 
	ended_at VARCHAR(32), 
	last_error TEXT, 
	noted_at VARCHAR(32), 
	files JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_notice PRIMARY KEY (id), 
	CONSTRAINT uq_notice_event_id_kind UNIQUE (event_id, kind), 
	CONSTRAINT ck_notice_addressee CHECK (addressee IN ('user', 'organ')), 
	CONSTRAINT ck_notice_channel CHECK (channel IN ('email', 'call', 'none')), 
	CONSTRAINT ck_notice_state CHECK (state IN ('waiting', 'sending', 'sent', 'called', 'failed', 'cancelled')), 
	CONSTRAINT ck_notice_email CHECK (channel <> 'email' OR email IS NOT NULL), 
	CONSTRAINT ck_notice_phone CHECK (channel <> 'call' OR phone IS NOT NULL), 
	CONSTRAINT fk_notice_event_id FOREIGN KEY(event_id) REFERENCES message_event (id), 
	CONSTRAINT fk_notice_message_id FOREIGN KEY(message_id) REFERENCES message (id)
)
-- end of statement
CREATE TABLE notice_call (
	id VARCHAR(36) NOT NULL, 
	notice_id VARCHAR(36) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	outcome TEXT NOT NULL, 
	by_id VARCHAR(36) NOT NULL, 
	by_name TEXT NOT NULL, 
	CONSTRAINT pk_notice_call PRIMARY KEY (id), 
	CONSTRAINT ck_notice_call_outcome CHECK (outcome IN ('told', 'no_answer', 'asked_later', 'wrong_number')), 
	CONSTRAINT fk_notice_call_notice_id FOREIGN KEY(notice_id) REFERENCES notice (id)
)
-- end of statement
CREATE TABLE operator (
	id VARCHAR(36) NOT NULL, 
	login TEXT COLLATE "NOCASE" NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	password_hash TEXT NOT NULL, 
	failures INTEGER DEFAULT 0 NOT NULL, 
	last_failure_at VARCHAR(32), 
	created_at VARCHAR(32) NOT NULL, 
	good_until VARCHAR(32), 
	disabled_at VARCHAR(32), 
	CONSTRAINT pk_operator PRIMARY KEY (id), 
	CONSTRAINT uq_operator_login UNIQUE (login)
)
-- end of statement
CREATE TABLE operator_state (
	id VARCHAR(36) NOT NULL, 
	operator_id VARCHAR(36) NOT NULL, 
	operator_name TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	former TEXT NOT NULL, 
	doing TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	cause TEXT NOT NULL, 
	schema_version INTEGER NOT NULL, 
	CONSTRAINT pk_operator_state PRIMARY KEY (id)
)
-- end of statement
CREATE TABLE outbox (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	entity TEXT NOT NULL, 
	entity_id VARCHAR(36) NOT NULL, 
	rev INTEGER NOT NULL, 
	payload JSON NOT NULL, 
	schema_ver INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	queued_at VARCHAR(32) NOT NULL, 
	tries INTEGER DEFAULT 0 NOT NULL, 
	next_try_at VARCHAR(32), 
	sent_at VARCHAR(32), 
	timeline INTEGER, 
	last_error TEXT, 
	CONSTRAINT uq_outbox_entity_entity_id_rev UNIQUE (entity, entity_id, rev), 
	CONSTRAINT ck_outbox_state CHECK (state IN ('new', 'sent', 'confirmed', 'poison'))
)
-- end of statement
CREATE TABLE outbox_export (
	only INTEGER NOT NULL, 
	up_to INTEGER NOT NULL, 
	exported_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_outbox_export PRIMARY KEY (only), 
	CONSTRAINT ck_outbox_export_only CHECK (only = 1)
)
-- end of statement
CREATE TABLE own_desk (
	operator_id VARCHAR(36) NOT NULL, 
	document JSON NOT NULL, 
	changed_at VARCHAR(32) NOT NULL, 
	chosen_at VARCHAR(32), 
	CONSTRAINT pk_own_desk PRIMARY KEY (operator_id)
)
-- end of statement
CREATE TABLE planned_call (
	id VARCHAR(36) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	phone TEXT NOT NULL, 
	note TEXT NOT NULL, 
	for_id VARCHAR(36), 
	made_at VARCHAR(32) NOT NULL, 
	made_by_name TEXT NOT NULL, 
	tries INTEGER NOT NULL, 
	outcome TEXT, 
	done_at VARCHAR(32), 
	done_by_id VARCHAR(36), 
	done_by_name TEXT, 
	promised_at VARCHAR(32), 
	tried_before INTEGER DEFAULT 0 NOT NULL, 
	made_by_id VARCHAR(36), 
	reminded_at VARCHAR(32), 
	CONSTRAINT pk_planned_call PRIMARY KEY (id), 
	CONSTRAINT ck_planned_call_outcome CHECK (outcome IN ('talked', 'not_needed'))
)
-- end of statement
CREATE TABLE planned_step (
	id VARCHAR(36) NOT NULL, 
	call_id VARCHAR(36) NOT NULL, 
	act TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	moment VARCHAR(32), 
	by_id VARCHAR(36) NOT NULL, 
	by_name TEXT NOT NULL, 
	by_role TEXT NOT NULL, 
	schema_version INTEGER NOT NULL, 
	CONSTRAINT pk_planned_step PRIMARY KEY (id), 
	CONSTRAINT ck_planned_step_act CHECK (act IN ('talked', 'not_reached', 'not_needed', 'reminded')), 
	CONSTRAINT ck_planned_step_moment CHECK ((act IN ('not_reached', 'reminded')) = (moment IS NOT NULL))
)
-- end of statement
CREATE TABLE platform_intake (
	only INTEGER NOT NULL, 
	since VARCHAR(32) NOT NULL, 
	told_at VARCHAR(32), 
	CONSTRAINT pk_platform_intake PRIMARY KEY (only), 
	CONSTRAINT ck_platform_intake_only CHECK (only = 1)
)
-- end of statement
CREATE TABLE platform_media (
	event_id VARCHAR(36) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	message_id VARCHAR(36) NOT NULL, 
	position INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	media_id TEXT, 
	tries INTEGER DEFAULT 0 NOT NULL, 
	next_try_at VARCHAR(32), 
	last_error TEXT, 
	CONSTRAINT pk_platform_media PRIMARY KEY (event_id, sha256), 
	CONSTRAINT ck_platform_media_state CHECK (state IN ('waiting', 'taken', 'told', 'refused')), 
	CONSTRAINT fk_platform_media_event_id FOREIGN KEY(event_id) REFERENCES message_event (id), 
	CONSTRAINT fk_platform_media_message_id FOREIGN KEY(message_id) REFERENCES message (id)
)
-- end of statement
CREATE TABLE platform_news (
	seq INTEGER NOT NULL, 
	event_id VARCHAR(36) NOT NULL, 
	message_id VARCHAR(36) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	status TEXT NOT NULL, 
	is_over BOOLEAN NOT NULL, 
	is_public BOOLEAN NOT NULL, 
	text TEXT NOT NULL, 
	state TEXT NOT NULL, 
	tries INTEGER DEFAULT 0 NOT NULL, 
	next_try_at VARCHAR(32) NOT NULL, 
	last_error TEXT, 
	details JSON DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_platform_news PRIMARY KEY (seq), 
	CONSTRAINT uq_platform_news_event_id UNIQUE (event_id), 
	CONSTRAINT ck_platform_news_state CHECK (state IN ('waiting', 'told', 'rejected', 'cancelled')), 
	CONSTRAINT fk_platform_news_event_id FOREIGN KEY(event_id) REFERENCES message_event (id), 
	CONSTRAINT fk_platform_news_message_id FOREIGN KEY(message_id) REFERENCES message (id)
)
-- end of statement
CREATE TABLE platform_post (
	message_id VARCHAR(36) NOT NULL, 
	state TEXT NOT NULL, 
	tries INTEGER DEFAULT 0 NOT NULL, 
	first_begun_at VARCHAR(32), 
	next_try_at VARCHAR(32), 
	token TEXT, 
	platform_id TEXT, 
	posted_at VARCHAR(32), 
	last_error TEXT, 
	answer_text TEXT, 
	CONSTRAINT pk_platform_post PRIMARY KEY (message_id), 
	CONSTRAINT ck_platform_post_state CHECK (state IN ('waiting', 'posting', 'token', 'posted', 'closed', 'rejected')), 
	CONSTRAINT fk_platform_post_message_id FOREIGN KEY(message_id) REFERENCES message (id)
)
-- end of statement
CREATE TABLE script_step (
	call_id VARCHAR(36) NOT NULL, 
	step TEXT NOT NULL, 
	script TEXT NOT NULL, 
	text TEXT NOT NULL, 
	way TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	by_id VARCHAR(36) NOT NULL, 
	CONSTRAINT pk_script_step PRIMARY KEY (call_id, step), 
	CONSTRAINT fk_script_step_call_id FOREIGN KEY(call_id) REFERENCES call_record (id)
)
-- end of statement
CREATE TABLE shared_setting (
	entity TEXT NOT NULL, 
	name TEXT NOT NULL, 
	ver INTEGER NOT NULL, 
	document JSON NOT NULL, 
	CONSTRAINT pk_shared_setting PRIMARY KEY (entity, name)
)
-- end of statement
CREATE TABLE shift_check (
	id VARCHAR(36) NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	by_id VARCHAR(36) NOT NULL, 
	by_name TEXT NOT NULL, 
	findings JSON NOT NULL, 
	CONSTRAINT pk_shift_check PRIMARY KEY (id)
)
-- end of statement
CREATE TABLE station (
	only INTEGER NOT NULL, 
	code VARCHAR(4) NOT NULL, 
	install_id VARCHAR(36) NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_station PRIMARY KEY (only), 
	CONSTRAINT ck_station_only CHECK (only = 1)
)
-- end of statement
CREATE TABLE store_origin (
	only INTEGER NOT NULL, 
	machine TEXT NOT NULL, 
	bound_at VARCHAR(32) NOT NULL, 
	copied_at VARCHAR(32), 
	former_install_id VARCHAR(36), 
	CONSTRAINT pk_store_origin PRIMARY KEY (only), 
	CONSTRAINT ck_store_origin_only CHECK (only = 1)
)
-- end of statement
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END
-- end of statement
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END
-- end of statement
CREATE TRIGGER call_words_delete AFTER DELETE ON call_record BEGIN INSERT INTO call_words(call_words, rowid, content) VALUES ('delete', OLD.rowid, replace(replace(OLD.content, 'ё', 'е'), 'Ё', 'Е')); END
-- end of statement
CREATE TRIGGER call_words_insert AFTER INSERT ON call_record BEGIN INSERT INTO call_words(rowid, content) VALUES (NEW.rowid, replace(replace(NEW.content, 'ё', 'е'), 'Ё', 'Е')); END
-- end of statement
CREATE VIEW call_words_source AS SELECT rowid AS docid, replace(replace(content, 'ё', 'е'), 'Ё', 'Е') AS content FROM call_record
-- end of statement
CREATE TRIGGER call_words_update AFTER UPDATE OF content ON call_record WHEN OLD.content IS NOT NEW.content BEGIN INSERT INTO call_words(call_words, rowid, content) VALUES ('delete', OLD.rowid, replace(replace(OLD.content, 'ё', 'е'), 'Ё', 'Е')); INSERT INTO call_words(rowid, content) VALUES (NEW.rowid, replace(replace(NEW.content, 'ё', 'е'), 'Ё', 'Е')); END
-- end of statement
CREATE TRIGGER city_edit_no_delete BEFORE DELETE ON city_edit BEGIN SELECT RAISE(ABORT, 'edits are only added'); END
-- end of statement
CREATE TRIGGER city_edit_no_update BEFORE UPDATE ON city_edit BEGIN SELECT RAISE(ABORT, 'edits are only added'); END
-- end of statement
CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'an erasure is not undone'); END
-- end of statement
CREATE TRIGGER erasure_no_update BEFORE UPDATE ON erasure WHEN NOT (
    OLD.cause = 'term' AND NEW.cause = 'request'
    AND (OLD.entity, OLD.entity_id) = (NEW.entity, NEW.entity_id)) BEGIN SELECT RAISE(ABORT, 'an erasure is not undone'); END
-- end of statement
CREATE TRIGGER handover_sheet_no_delete BEFORE DELETE ON handover_sheet BEGIN SELECT RAISE(ABORT, 'sheets are only added'); END
-- end of statement
CREATE TRIGGER handover_sheet_no_update BEFORE UPDATE ON handover_sheet WHEN NOT (
    json_extract(NEW.content, '$.note') = ''
    AND NEW.content = json_set(OLD.content, '$.note', '')
    AND (OLD.id, OLD.at, OLD.schema_version) = (NEW.id, NEW.at, NEW.schema_version)) BEGIN SELECT RAISE(ABORT, 'sheets are only added'); END
-- end of statement
CREATE TRIGGER handover_signature_no_delete BEFORE DELETE ON handover_signature BEGIN SELECT RAISE(ABORT, 'signatures are only added'); END
-- end of statement
CREATE TRIGGER handover_signature_no_update BEFORE UPDATE ON handover_signature BEGIN SELECT RAISE(ABORT, 'signatures are only added'); END
-- end of statement
CREATE TRIGGER incident_event_no_delete BEFORE DELETE ON incident_event BEGIN SELECT RAISE(ABORT, 'what happened to an incident is only added to'); END
-- end of statement
CREATE TRIGGER incident_event_no_update BEFORE UPDATE ON incident_event BEGIN SELECT RAISE(ABORT, 'what happened to an incident is only added to'); END
-- end of statement
CREATE INDEX ix_call_record_arrived_at ON call_record (arrived_at)
-- end of statement
CREATE INDEX ix_call_record_by_hand ON call_record (created_at) WHERE way IS NOT NULL
-- end of statement
CREATE INDEX ix_call_record_draft ON call_record (arrived_at) WHERE state = 'draft'
-- end of statement
CREATE INDEX ix_call_record_given_name ON call_record (given_name)
-- end of statement
CREATE INDEX ix_call_record_missed ON call_record (arrived_at) WHERE result = 'not_answered'
-- end of statement
CREATE INDEX ix_call_record_number ON call_record (coalesce(number, ''), arrived_at)
-- end of statement
CREATE INDEX ix_call_record_operator_name ON call_record (operator_name, arrived_at)
-- end of statement
CREATE INDEX ix_call_record_part_of ON call_record (part_of) WHERE part_of IS NOT NULL
-- end of statement
CREATE INDEX ix_call_record_phone_arrived_at ON call_record (phone, arrived_at)
-- end of statement
CREATE INDEX ix_call_record_result ON call_record (coalesce(result, ''), arrived_at)
-- end of statement
CREATE INDEX ix_call_record_surname ON call_record (surname)
-- end of statement
CREATE INDEX ix_call_record_topic ON call_record (topic, arrived_at)
-- end of statement
CREATE INDEX ix_call_recording_sip_call_id ON call_recording (sip_call_id)
-- end of statement
CREATE INDEX ix_event_aside_message_id ON event_aside (message_id)
-- end of statement
CREATE INDEX ix_event_displaced_message_id ON event_displaced (message_id)
-- end of statement
CREATE INDEX ix_handover_sheet_at ON handover_sheet (at)
-- end of statement
CREATE INDEX ix_incident_event_at ON incident_event (at)
-- end of statement
CREATE INDEX ix_incident_event_call_id ON incident_event (call_id)
-- end of statement
CREATE INDEX ix_known_call_missed ON known_call (at) WHERE is_missed = 1 AND handled_at IS NULL
-- end of statement
CREATE INDEX ix_known_call_phone_at ON known_call (phone, at)
-- end of statement
CREATE INDEX ix_known_call_received_at ON known_call (received_at)
-- end of statement
CREATE INDEX ix_known_message_phone_at ON known_message (phone, at)
-- end of statement
CREATE INDEX ix_known_message_received_at ON known_message (received_at)
-- end of statement
CREATE INDEX ix_message_call_id ON message (call_id)
-- end of statement
CREATE INDEX ix_message_created_at ON message (created_at)
-- end of statement
CREATE INDEX ix_message_given_name ON message (given_name)
-- end of statement
CREATE INDEX ix_message_phone ON message (phone)
-- end of statement
CREATE INDEX ix_message_platform_id ON message (platform_id)
-- end of statement
CREATE INDEX ix_message_registered_at ON message (registered_at)
-- end of statement
CREATE INDEX ix_message_state_submitted_at ON message (state, submitted_at)
-- end of statement
CREATE INDEX ix_message_surname ON message (surname)
-- end of statement
CREATE INDEX ix_missed_handled_elsewhere_id ON missed_handled (elsewhere_id) WHERE elsewhere_id IS NOT NULL
-- end of statement
CREATE INDEX ix_notice_call_notice_id ON notice_call (notice_id)
-- end of statement
CREATE INDEX ix_notice_message_id ON notice (message_id)
-- end of statement
CREATE INDEX ix_notice_open ON notice (channel, next_try_at) WHERE state IN ('waiting', 'sending')
-- end of statement
CREATE INDEX ix_notice_to_note ON notice (due_at) WHERE kind = 'refused' AND noted_at IS NULL
-- end of statement
CREATE INDEX ix_operator_state_at ON operator_state (at)
-- end of statement
CREATE INDEX ix_outbox_sent ON outbox (sent_at) WHERE state = 'sent'
-- end of statement
CREATE INDEX ix_outbox_unsent ON outbox (seq) WHERE state IN ('new', 'poison')
-- end of statement
CREATE INDEX ix_planned_call_open ON planned_call (at) WHERE outcome IS NULL
-- end of statement
CREATE INDEX ix_planned_step_call_id ON planned_step (call_id)
-- end of statement
CREATE INDEX ix_platform_media_open ON platform_media (event_id) WHERE state IN ('waiting', 'taken')
-- end of statement
CREATE INDEX ix_platform_news_waiting ON platform_news (message_id, seq) WHERE state = 'waiting'
-- end of statement
CREATE INDEX ix_platform_post_state_next_try_at ON platform_post (state, next_try_at)
-- end of statement
CREATE INDEX ix_shift_check_at ON shift_check (at)
-- end of statement
CREATE TRIGGER message_event_no_delete BEFORE DELETE ON message_event BEGIN SELECT RAISE(ABORT, 'events are only added'); END
-- end of statement
CREATE TRIGGER message_event_no_update BEFORE UPDATE ON message_event WHEN NOT (
    EXISTS (SELECT 1 FROM event_displaced WHERE id = OLD.id)
    AND (OLD.id, OLD.message_id, OLD.step, OLD.facts, OLD.schema_version)
        = (NEW.id, NEW.message_id, NEW.step, NEW.facts, NEW.schema_version)
    AND OLD.source IS NEW.source AND OLD.by_id IS NEW.by_id
    AND OLD.by_name IS NEW.by_name AND OLD.by_role IS NEW.by_role) AND NOT (
    EXISTS (SELECT 1 FROM erasure WHERE entity = 'message' AND entity_id = OLD.message_id)
    AND length(NEW.facts) <= length(OLD.facts)
    AND (OLD.id, OLD.message_id, OLD.seq, OLD.step, OLD.at, OLD.schema_version)
        = (NEW.id, NEW.message_id, NEW.seq, NEW.step, NEW.at, NEW.schema_version)
    AND OLD.source IS NEW.source AND OLD.by_id IS NEW.by_id
    AND OLD.by_name IS NEW.by_name AND OLD.by_role IS NEW.by_role) BEGIN SELECT RAISE(ABORT, 'events are only added'); END
-- end of statement
CREATE TRIGGER missed_mark_no_delete BEFORE DELETE ON missed_mark BEGIN SELECT RAISE(ABORT, 'what was done about a missed call is only added to'); END
-- end of statement
CREATE TRIGGER missed_mark_no_update BEFORE UPDATE ON missed_mark BEGIN SELECT RAISE(ABORT, 'what was done about a missed call is only added to'); END
-- end of statement
CREATE TRIGGER operator_state_no_delete BEFORE DELETE ON operator_state BEGIN SELECT RAISE(ABORT, 'what was done is only added to'); END
-- end of statement
CREATE TRIGGER operator_state_no_update BEFORE UPDATE ON operator_state BEGIN SELECT RAISE(ABORT, 'what was done is only added to'); END
-- end of statement
CREATE TRIGGER shift_check_no_delete BEFORE DELETE ON shift_check BEGIN SELECT RAISE(ABORT, 'checks are only added'); END
-- end of statement
CREATE TRIGGER shift_check_no_update BEFORE UPDATE ON shift_check BEGIN SELECT RAISE(ABORT, 'checks are only added'); END
-- end of statement
INSERT INTO alembic_version VALUES ('l0001')
-- end of statement
