-- The year of the province's cells, as it would be imported: tasks, targets, papers, registers, classification. Rows come by the hundred thousand.

-- name: bulk_task
-- rows: 20
INSERT INTO task (realm, id, code, unit_id, title, member_id, due_on, done_on, result) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: bulk_target
-- rows: 20
INSERT INTO programme_target (realm, id, unit_id, code, title, measure, baseline, goal, starts_on, due_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: bulk_value
-- Two a target, so that targets are there first. In the same way sheets follow their cases
-- rows: 40
INSERT INTO target_value (realm, target_id, on_date, value, actor, at_ms) VALUES ($1, $2, $3, $4, $5, $6);

-- name: bulk_document
-- rows: 20
INSERT INTO document (realm, id, unit_id, type, subject, state, dated_on, outside_no) VALUES ($1, $2, $3, $4, $5, 'issued', $6, $7);

-- name: bulk_term
-- rows: 20
INSERT INTO term (realm, unit_id, valid_from, valid_to, name) VALUES ($1, $2, $3, $4, $5);

-- name: bulk_inspection
-- rows: 20
INSERT INTO inspection (realm, id, code, unit_id, kind, title, planned_on, done_on) VALUES ($1, $2, $3, $4, 'inspection', $5, $6, $7);

-- name: bulk_report
-- rows: 20
INSERT INTO report_due (realm, id, code, unit_id, title, due_on, sent_on) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: bulk_feedback
-- rows: 20
INSERT INTO feedback (realm, id, code, unit_id, received_on, kind, topic, due_on, answered_on) VALUES ($1, $2, $3, $4, $5, 'resident', $6, $7, $8);

-- name: bulk_training
-- rows: 20
INSERT INTO training (realm, id, unit_id, member_id, course, held_on, hours, result) VALUES ($1, $2, $3, $4, $5, $6, 16, 'passed');

-- name: bulk_discipline
-- rows: 20
INSERT INTO discipline (realm, id, code, unit_id, subject, decided_on) VALUES ($1, $2, $3, $4, 'member', $5);

-- name: bulk_initiative
-- rows: 20
INSERT INTO initiative (realm, id, code, unit_id, year, title, recognised_by, recognised_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: bulk_number
-- rows: 20
INSERT INTO year_number (realm, id, unit_id, year, name, value) VALUES ($1, $2, $3, $4, $5, $6);

-- name: bulk_case
-- rows: 20
INSERT INTO year_case (realm, id, kind, year, unit_id, member_id, state, registered_on, imported) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1);

-- name: bulk_year_sheet
-- rows: 20
INSERT INTO year_sheet (realm, case_id, stage, revision, points, result, actor, at_ms) VALUES ($1, $2, 'appraised', 1, $3, $4, 'demo', $5);
