-- Recognition of a year.

-- name: recognition_certificates
-- Certificates that stand for cases of a year, given by a committee. $1 committee, $2 year
SELECT case_id, id, check_code FROM award WHERE given_by = $1 AND year = $2 AND kind = 'certificate' AND case_id IS NOT NULL AND revoked_on IS NULL ORDER BY case_id;
